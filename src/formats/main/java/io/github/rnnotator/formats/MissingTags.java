package io.github.rnnotator.formats;

import io.github.rnnotator.text.TagSequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tags that are not there: a token that has {@value #MARK} in a head's place lacks its tag, and a
 * sentence lacks the head where each of its tokens does.
 */
final class MissingTags {
  static final String MARK = "_";

  private MissingTags() {}

  /**
   * Returns the tags of a sentence without the heads that it lacks.
   *
   * @param tags the values of each head as they are in the file
   * @param marked the heads of which {@value #MARK} is not a tag
   */
  static Map<String, TagSequence> leftOut(
      Map<String, List<String>> tags, Predicate<String> marked) {
    Map<String, TagSequence> sequences = new LinkedHashMap<>();
    tags.forEach(
        (head, values) -> {
          TagSequence sequence =
              TagSequence.of(
                  marked.test(head) ? values.stream().map(MissingTags::read).toList() : values);
          if (sequence.labelled() > 0) {
            sequences.put(head, sequence);
          }
        });
    return sequences;
  }

  private static String read(String value) {
    return value.equals(MARK) ? TagSequence.MISSING : value;
  }

  /** What a file has in place of token {@code i}'s tag. */
  static String written(TagSequence tags, int i) {
    return tags.has(i) ? tags.tag(i) : MARK;
  }
}
