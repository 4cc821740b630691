package io.github.rnnotator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.SimpleRnn;
import io.github.rnnotator.opennlp.RnnotatorPosTagger;
import io.github.rnnotator.pipeline.Document;
import io.github.rnnotator.pipeline.TextPipeline;
import io.github.rnnotator.pipeline.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import opennlp.tools.postag.POSTagger;
import org.junit.jupiter.api.Test;

/** The programs of the README do what it says; the bundled model stands for the reader's own. */
class ReadmeTest {
  private static final Path MODEL = Path.of("src/main/resources/io/github/rnnotator/models/en.rnn");

  @Test
  void theFirstProgram() throws IOException {
    Tagger tagger = Tagger.load(MODEL);
    TaggedSentence tagged = tagger.tag(Sentence.of("She", "reads", "books"));
    assertThat(tagged.tags("upos").tags()).containsExactly("PRON", "VERB", "NOUN");
  }

  @Test
  void fromRawText() throws IOException {
    Tagger tagger = Tagger.load(MODEL);
    TextPipeline pipeline = new TextPipeline(TextSegmenter.english(), tagger::tagDocument);
    Document document = pipeline.annotate("She reads books. He doesn't.");
    assertThat(document.sentences()).hasSize(2);
    assertThat(document.sentences().get(1).sentence().forms())
        .containsExactly("He", "does", "n't", ".");
    assertThat(document.sentences().get(1).tags("upos").tags())
        .containsExactly("PRON", "AUX", "PART", "PUNCT");
  }

  @Test
  void theTaggerForOpenNlp() throws IOException {
    POSTagger tagger = new RnnotatorPosTagger(Tagger.load(MODEL), "upos");
    assertThat(tagger.tag(new String[] {"She", "reads", "books"}))
        .containsExactly("PRON", "VERB", "NOUN");
  }

  @Test
  void networksAsInTheTextbook() {
    float[][][] vectors = new float[3][5][100];
    Sequential network =
        Sequential.of(
            100,
            1,
            new Bidirectional(new SimpleRnn(128).returnSequences(true)),
            new Bidirectional(new SimpleRnn(128).returnSequences(true)),
            new Dense(17, Activation.SOFTMAX));
    float[][][] probabilities = network.predict(vectors);
    assertThat(probabilities).hasDimensions(3, 5);
    assertThat(probabilities[2][4]).hasSize(17);
  }

  @Test
  void everyFileThatItNamesIsThere() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    java.util.regex.Matcher links =
        java.util.regex.Pattern.compile(
                "\\]\\(([^)#]+)\\)|((?:eval|corpora|docs|scripts)/[\\w./-]+\\w)")
            .matcher(readme);
    int found = 0;
    while (links.find()) {
      String name = links.group(1) == null ? links.group(2) : links.group(1);
      assertThat(Path.of(name)).as("a file of the README").exists();
      found++;
    }
    assertThat(found).isGreaterThan(8);
  }
}
