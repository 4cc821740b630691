package io.github.rnnotator.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.formats.TextWriter;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every format ends a Korean name before its particle. */
class NamesInsideWordsTest {
  private static final Map<String, TagScheme> SCHEMES = Map.of("ner", TagScheme.IOB2);
  private static final Document DOCUMENT = document();

  private static Document document() {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("upos", TagSequence.of("NOUN", "NOUN", "VERB"));
    tags.put("ner", TagSequence.of("B-OG", "I-OG", "O"));
    tags.put("ner_suffix", TagSequence.of("0", "1", "0"));
    return Document.of(
        "서울 경찰은 왔다", List.of(new TaggedSentence(Sentence.of("서울", "경찰은", "왔다"), tags)));
  }

  private static Map<String, List<String>> kinds() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("upos", List.of("NOUN", "VERB"));
    kinds.put("ner", List.of("OG"));
    kinds.put("ner_suffix", List.of("0", "1"));
    return kinds;
  }

  private static String written(OutputFormat format, int stream) throws IOException {
    List<OutputStream> streams = List.of(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    OutputFormat.Writer writer =
        format.writer(streams.subList(0, format.extensions().size()), Counts.ZERO);
    writer.begin();
    writer.write(DOCUMENT);
    writer.end();
    writer.flush();
    return ((ByteArrayOutputStream) streams.get(stream)).toString(StandardCharsets.UTF_8);
  }

  @Test
  void markOfHtmlEndsBeforeTheParticle() throws IOException {
    assertThat(written(new HtmlFormat(kinds(), SCHEMES), 0))
        .contains(">경찰</span></mark>은")
        .doesNotContain("경찰은")
        .doesNotContain("ner_suffix");
  }

  @Test
  void tableShowsTheNameInItsLastWord() throws IOException {
    String table = written(new TableFormat(kinds(), SCHEMES, 0, false), 0);
    assertThat(table.lines().toList())
        .containsExactly("token   upos  ner", "서울    NOUN  OG", "경찰은  NOUN  ╰ 경찰", "왔다    VERB");
  }

  @Test
  void bracketOfTextEndsBeforeTheParticle() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TextWriter writer = new TextWriter(out, SCHEMES)) {
      writer.write(DOCUMENT.sentences().get(0));
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[서울/NOUN 경찰 OG]은/NOUN 왔다/VERB\n");
  }
}
