package io.github.rnnotator.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.Sentence;
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

/** Sentences that an annotator finds in the text of a CoNLL-U file. */
class AnnotatedTextTest {
  @Test
  void sentencesAreThoseOfTheAnnotatorAndNotOfTheFile() throws IOException {
    String conllu =
        "# newpar\n# text =  \u00A0\n1\t\u00A0\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
            + "# newpar\n# text = She reads. He\n1\tShe\t_\t_\t_\t_\t_\t_\t_\t_\n"
            + "2\treads. He\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
            + "# text = sleeps.\n1\tsleeps.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    Annotator annotator =
        Annotator.of(
            TextSegmenter.forLanguage("sv"),
            documents ->
                documents.stream()
                    .map(document -> document.stream().map(AnnotatedTextTest::tagged).toList())
                    .toList());
    List<List<String>> found = new ArrayList<>();
    try (AnnotatedText reader =
        new AnnotatedText(
            new ConlluText(
                new CorpusFormat.Conllu(Map.of())
                    .open(new ByteArrayInputStream(conllu.getBytes(UTF_8)), "test")),
            annotator)) {
      for (Optional<TaggedSentence> next = reader.read(); next.isPresent(); next = reader.read()) {
        assertThat(next.get().tags("upos").tags()).containsOnly("X");
        found.add(next.get().sentence().forms());
      }
      assertThat(reader.read()).isEmpty();
    }
    assertThat(found).containsExactly(List.of("She", "reads", "."), List.of("He", "sleeps", "."));
  }

  private static TaggedSentence tagged(Sentence sentence) {
    return new TaggedSentence(
        sentence, Map.of("upos", TagSequence.of(Collections.nCopies(sentence.size(), "X"))));
  }
}
