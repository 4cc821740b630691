package io.github.rnnotator.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.corpus.ConlluText;
import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sentences that a pipeline finds in the text of a CoNLL-U file. */
class PipelineReaderTest {
  @Test
  void sentencesAreThoseOfThePipelineAndNotOfTheFile() throws IOException {
    String conllu =
        "# newpar\n# text =  \u00A0\n1\t\u00A0\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
            + "# newpar\n# text = She reads. He\n1\tShe\t_\t_\t_\t_\t_\t_\t_\t_\n"
            + "2\treads. He\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
            + "# text = sleeps.\n1\tsleeps.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    TextPipeline pipeline =
        new TextPipeline(
            TextSegmenter.forLanguage("sv"),
            sentences ->
                sentences.stream()
                    .map(
                        s ->
                            new TaggedSentence(
                                s,
                                Map.of("upos", TagSequence.of(Collections.nCopies(s.size(), "X")))))
                    .toList());
    List<List<String>> found = new ArrayList<>();
    try (PipelineReader reader =
        new PipelineReader(
            new ConlluText(
                new CorpusFormat.Conllu(Map.of())
                    .open(new ByteArrayInputStream(conllu.getBytes(UTF_8)), "test")),
            pipeline)) {
      for (Optional<CorpusSentence> next = reader.read(); next.isPresent(); next = reader.read()) {
        assertThat(next.get().tagged().tags("upos").tags()).containsOnly("X");
        found.add(next.get().sentence().forms());
      }
      assertThat(reader.read()).isEmpty();
    }
    assertThat(found).containsExactly(List.of("She", "reads", "."), List.of("He", "sleeps", "."));
  }
}
