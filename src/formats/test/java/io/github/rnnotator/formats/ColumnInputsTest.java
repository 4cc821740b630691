package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Columns of a file that a model reads in addition to the forms. */
class ColumnInputsTest {
  private static final String ROWS = "Ann NNP B-NP B-PER\nruns _ B-VP O\n\nIt PRP B-NP O\n\n";
  private static final CorpusFormat.Columns COLUMNS =
      new CorpusFormat.Columns(List.of("form", "pos", "chunk", "ner"), Map.of("ner", "ner"));
  private static final String CONLLU =
      "1-2\tdunno\t_\t_\t_\t_\t_\t_\t_\t_\n"
          + "1\tdo\tdo\tAUX\t_\t_\t_\t_\t_\tA=x|B=y\n"
          + "2\tno\tnot\tPART\t_\t_\t_\t_\t_\t_\n\n";

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<List<List<String>>> inputs(SentenceSource format, String text)
      throws IOException {
    return format.read(in(text), "f").stream()
        .map(TaggedSentence::sentence)
        .map(Sentence::inputs)
        .toList();
  }

  @Test
  void valuesAreReadInTheOrderOfTheModel() throws IOException {
    assertThat(inputs(COLUMNS.withInputs(List.of("chunk", "pos")), ROWS))
        .containsExactly(
            List.of(List.of("B-NP", "NNP"), List.of("B-VP", "_")), List.of(List.of("B-NP", "PRP")));
    assertThat(
            inputs(new CorpusFormat.Conllu(Map.of()).withInputs(List.of("upos", "misc:B")), CONLLU))
        .containsExactly(List.of(List.of("AUX", "y"), List.of("PART", "O")));
    assertThat(inputs(COLUMNS, ROWS)).allSatisfy(s -> assertThat(s).allMatch(List::isEmpty));
  }

  @Test
  void tagsOffsetsAndLinesAreThoseWithoutInputs() throws IOException {
    CorpusFormat with = COLUMNS.withInputs(List.of("pos"));
    assertThat(with.heads()).isEqualTo(COLUMNS.heads());
    List<TaggedSentence> read = with.read(in(ROWS), "f");
    List<TaggedSentence> plain = COLUMNS.read(in(ROWS), "f");
    for (int i = 0; i < plain.size(); i++) {
      assertThat(read.get(i).tags()).isEqualTo(plain.get(i).tags());
      Sentence words = read.get(i).sentence();
      assertThat(words.withInputs(words.inputs().stream().map(v -> List.<String>of()).toList()))
          .isEqualTo(plain.get(i).sentence());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SentenceWriter writer = with.writer(out)) {
      for (TaggedSentence sentence : read) {
        writer.write(sentence);
      }
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ROWS);
  }

  @Test
  void aReaderThatResumesReadsThemToo() throws IOException {
    for (CorpusFormat format :
        List.of(
            COLUMNS.withInputs(List.of("pos")),
            new CorpusFormat.Conllu(Map.of()).withInputs(List.of("upos")))) {
      String text = format instanceof CorpusFormat.Columns ? ROWS : CONLLU;
      try (DocumentReader reader =
          new DocumentFormat.Sentences(format, 100).open(in(text), "f", Position.START)) {
        Document document = reader.read().orElseThrow();
        assertThat(document.sentences().get(0).sentence().inputs().get(0)).hasSize(1);
      }
    }
  }

  @Test
  void aColumnThatTheFileLacksIsNamed() {
    assertThatThrownBy(() -> COLUMNS.withInputs(List.of("tag")))
        .hasMessage(
            "the model reads the column 'tag' (embed.columns), which is not one among form, pos,"
                + " chunk, ner");
    assertThatThrownBy(() -> COLUMNS.withInputs(List.of("form"))).hasMessageContaining("'form'");
    assertThatThrownBy(() -> new CorpusFormat.Conllu(Map.of()).withInputs(List.of("pos")))
        .hasMessage(
            "the model reads the column 'pos' (embed.columns), which is not one in CoNLL-U; use"
                + " lemma, upos, xpos, feats, deprel or misc:KEY");
    assertThatThrownBy(() -> COLUMNS.withInputs(List.of("pos")).read(in("Ann\t\tB-NP\tO\n"), "f"))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("column 'pos' is empty");
  }
}
