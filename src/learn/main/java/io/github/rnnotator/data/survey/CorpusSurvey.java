package io.github.rnnotator.data.survey;

import io.github.rnnotator.data.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a corpus file holds, as far as it can be told by looking at it.
 *
 * @param file the file
 * @param format {@code conllu}, {@code columns} or {@code characters}, as in a recipe
 * @param comments whether it has comments, for {@code columns}
 * @param language ISO 639 code, by the letters; {@code en} for the Latin ones
 * @param sentences the number of sentences
 * @param tokens the number of tokens
 * @param longest the length of the longest sentence, in tokens
 * @param columns its columns in order; of CoNLL-U those with tags
 * @param oddities what may be a mistake, or surprise who trains on it; one sentence each
 */
public record CorpusSurvey(
    Path file,
    String format,
    boolean comments,
    String language,
    int sentences,
    long tokens,
    int longest,
    List<SurveyedColumn> columns,
    List<String> oddities) {
  /** Copies the lists. */
  public CorpusSurvey {
    columns = List.copyOf(columns);
    oddities = List.copyOf(oddities);
  }

  /**
   * Looks at a file, compressed or not.
   *
   * @throws InputException if it has no column with tags, or is of another kind
   * @throws IOException if it can't be read
   */
  public static CorpusSurvey of(Path file) throws IOException {
    return new SurveyReader(file).read();
  }
}
