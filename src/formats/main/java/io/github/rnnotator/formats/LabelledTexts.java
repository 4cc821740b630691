package io.github.rnnotator.formats;

import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.text.Sentence;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One text per line, with its labels: {@code spam TAB You have won}. Blank lines are skipped. Each
 * text is read as one sentence, with labels in place of tags.
 *
 * <p>The first line determines the separator: tabs, if it has one, and then a line has as many
 * columns as there are names (a text in the last column may contain tabs); else blanks, and then
 * the text is the last column and extends to the end of the line. A label {@code _} is missing.
 *
 * @param names the columns in order; one is {@code text}; {@code _} is ignored
 * @param heads head name to the column of its labels
 * @param tokens tokenizes a text; returns an empty list if it has no tokens
 */
public record LabelledTexts(
    List<String> names, Map<String, String> heads, Function<String, Optional<Sentence>> tokens)
    implements SentenceSource {
  /** The column of the texts. */
  public static final String TEXT = "text";

  /**
   * Copies both and checks the names.
   *
   * @throws IllegalArgumentException if the column {@code text} is missing, a name occurs twice, or
   *     a head's column does not exist
   */
  public LabelledTexts {
    names = List.copyOf(names);
    heads = CorpusFormat.copyOfHeads(heads);
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!name.equals(CorpusFormat.Columns.IGNORED) && !seen.add(name)) {
        throw new IllegalArgumentException("two columns are named '" + name + "'");
      }
    }
    if (!seen.contains(TEXT)) {
      throw new IllegalArgumentException(
          "no column is named 'text' among " + String.join(", ", names));
    }
    for (Map.Entry<String, String> head : heads.entrySet()) {
      if (!seen.contains(head.getValue()) || head.getValue().equals(TEXT)) {
        throw new IllegalArgumentException(
            "head '"
                + head.getKey()
                + "': column '"
                + head.getValue()
                + "' is not one for labels among "
                + String.join(", ", names));
      }
    }
  }

  @Override
  public SentenceReader open(InputStream in, String source) {
    return new LabelledReader(this, new LineReader(in, source));
  }
}
