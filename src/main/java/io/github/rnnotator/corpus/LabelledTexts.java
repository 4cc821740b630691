package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Sentence;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A whole text a line, with its labels beside it: {@code spam TAB You have won}. Blank lines are
 * skipped. Each text is one sentence, however many it has, with labels in place of tags.
 *
 * <p>The first line says what stands between the columns: tabs, if it has one, and then a line has
 * as many columns as there are names (where the text is the last one, it may hold tabs); else
 * blanks, and then the text is the last column and goes to the end of the line. A label {@code _}
 * is none.
 *
 * @param names the columns from left to right; one is {@code text}; {@code _} is one to ignore
 * @param heads head name to the column with its labels
 * @param tokens cuts a text into tokens; empty where there are none
 */
public record LabelledTexts(
    List<String> names, Map<String, String> heads, Function<String, Optional<Sentence>> tokens)
    implements SentenceSource {
  /** The column of the texts. */
  public static final String TEXT = "text";

  /**
   * Copies both and checks the names.
   *
   * @throws IllegalArgumentException if there is no column {@code text}, two have one name, or a
   *     head's column is not there
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
