package io.github.rnnotator.data;

import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One character per line with its chunk tag in IOB2, and a blank line after each sentence, as in
 * KLUE: {@code 경 TAB B-OG}. A space is written as such or as {@code ␣}.
 *
 * <p>The characters are tokenized. A token is cut where a mention begins inside of it. Where one
 * ends inside of a token, the number of characters after it is the token's tag of the head {@link
 * Mention#suffixHead}; all other tokens lack that tag, and the last ones of other mentions have 0.
 * Each sentence begins a paragraph.
 *
 * @param heads head name to column: {@code tag}, and {@code suffix} for the head of the suffixes
 * @param tokens tokenizes a sentence; returns empty if it has no tokens
 */
public record CharacterTags(Map<String, String> heads, Function<String, Optional<Sentence>> tokens)
    implements SentenceSource {
  /** The name of the format. */
  public static final String NAME = "characters";

  /** The column of the tags. */
  public static final String TAG = "tag";

  /** The column of the suffixes, which follow from the tags. */
  public static final String SUFFIX = "suffix";

  /**
   * Copies the map and checks it.
   *
   * @throws IllegalArgumentException if there is not one head of {@code tag}, or another column
   */
  public CharacterTags {
    heads = CorpusFormat.copyOfHeads(heads);
    if (!heads.containsValue(TAG) || !Set.of(TAG, SUFFIX).containsAll(heads.values())) {
      throw new IllegalArgumentException(
          "the columns of the format characters are tag and suffix, found "
              + heads
              + "; expected heads such as {ner: tag, ner_suffix: suffix}");
    }
    String head = headOf(heads, TAG);
    String suffixes = headOf(heads, SUFFIX);
    if (!suffixes.isEmpty() && !suffixes.equals(Mention.suffixHead(head))) {
      throw new IllegalArgumentException(
          "the suffixes of the mentions of head '%s' must be those of head '%s', not '%s'"
              .formatted(head, Mention.suffixHead(head), suffixes));
    }
  }

  /** The format with the mentions of one head, and with their suffixes. */
  public static CharacterTags of(String head, Function<String, Optional<Sentence>> tokens) {
    Map<String, String> heads = new LinkedHashMap<>();
    heads.put(head, TAG);
    heads.put(Mention.suffixHead(head), SUFFIX);
    return new CharacterTags(heads, tokens);
  }

  private static String headOf(Map<String, String> heads, String column) {
    return heads.keySet().stream().filter(h -> column.equals(heads.get(h))).findFirst().orElse("");
  }

  /** The head of the mentions. */
  String head() {
    return headOf(heads, TAG);
  }

  @Override
  public SentenceReader open(InputStream in, String source) {
    return new CharacterTagsReader(this, new LineReader(in, source));
  }
}
