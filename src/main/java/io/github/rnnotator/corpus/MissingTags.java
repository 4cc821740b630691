package io.github.rnnotator.corpus;

import io.github.rnnotator.text.TagSequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Detects missing tags: a sentence lacks a head if all its tokens have {@value #MARK} in that
 * head's column.
 */
final class MissingTags {
  static final String MARK = "_";

  private MissingTags() {}

  /**
   * Returns the tags of a sentence without the heads that it lacks.
   *
   * @param tags the values of each head as in the file
   * @param marked the heads where {@value #MARK} is not a tag
   * @param line the line of the sentence's first row
   * @throws CorpusException if a head has both {@value #MARK} and tags
   */
  static Map<String, TagSequence> leftOut(
      Map<String, List<String>> tags, Predicate<String> marked, Rows rows, String source, int line)
      throws CorpusException {
    Map<String, TagSequence> sequences = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> head : tags.entrySet()) {
      List<String> values = head.getValue();
      int missing = marked.test(head.getKey()) ? values.indexOf(MARK) : -1;
      if (missing < 0) {
        sequences.put(head.getKey(), TagSequence.of(values));
        continue;
      }
      for (int i = 0; i < values.size(); i++) {
        if (!values.get(i).equals(MARK)) {
          throw new CorpusException(
              source,
              line + rows.row(missing),
              "head '"
                  + head.getKey()
                  + "' has no tag here (_), but '"
                  + values.get(i)
                  + "' in line "
                  + (line + rows.row(i))
                  + "; expected a tag for every word of a sentence, or _ for every one");
        }
      }
    }
    return sequences;
  }
}
