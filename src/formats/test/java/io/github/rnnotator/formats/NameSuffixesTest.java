package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Offsets of names that end inside a token. */
class NameSuffixesTest {
  private static final Map<String, TagScheme> SCHEMES = Map.of("ner", TagScheme.IOB2);

  private static Document document() {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("ner", TagSequence.of("B-OG", "I-OG", "O"));
    tags.put("ner_suffix", TagSequence.of("0", "1", "0"));
    return Document.of(
        "서울 경찰은 왔다", List.of(new TaggedSentence(Sentence.of("서울", "경찰은", "왔다"), tags)));
  }

  @Test
  void bratHasOnlyTheName() throws IOException {
    ByteArrayOutputStream annotations = new ByteArrayOutputStream();
    OutputFormat.Writer writer =
        new BratFormat(List.of("ner", "ner_suffix"), SCHEMES)
            .writer(List.of(annotations, new ByteArrayOutputStream()), Counts.ZERO);
    writer.begin();
    assertThat(writer.write(document())).isEmpty();
    writer.end();
    assertThat(annotations.toString(StandardCharsets.UTF_8)).isEqualTo("T1\tOG 0 5\t서울 경찰\n");
  }

  @Test
  void jsonHasItsOffsets() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputFormat.Writer writer = new JsonlFormat(SCHEMES).writer(List.of(out), Counts.ZERO);
    writer.begin();
    assertThat(writer.write(document())).isEmpty();
    writer.end();
    writer.flush();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"type\":\"OG\",\"begin\":0,\"end\":5");
  }

  /** Only a name that ends inside its token has a suffix in CoNLL-U. */
  @Test
  void conlluHasTheSuffixesOfNames() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SentenceWriter writer = new CorpusFormat.Conllu(Map.of()).writer(out)) {
      writer.write(document().sentences().get(0));
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")))
        .extracting(line -> line.substring(line.lastIndexOf('\t') + 1))
        .containsExactly("NER=B-OG", "NER=I-OG|NER_SUFFIX=1", "_", "");
  }
}
