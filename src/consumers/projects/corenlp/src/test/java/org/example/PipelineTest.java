package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A CoreNLP pipeline whose tags are ours, and which has no models of its own. */
class PipelineTest {
  @Test
  void tagsAndLemmatizes() {
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,rnn,lemma");
    properties.setProperty(
        "customAnnotatorClass.rnn", "io.github.rnnotator.corenlp.RnnotatorAnnotator");
    properties.setProperty("rnn.model", "en-fast");
    CoreDocument document = new CoreDocument("Anna left Oslo.");
    new StanfordCoreNLP(properties).annotate(document);
    List<CoreLabel> tokens = document.tokens();
    assertEquals(List.of("NNP", "VBD", "NNP", "."), tokens.stream().map(CoreLabel::tag).toList());
    assertEquals("leave", tokens.get(1).lemma());
    assertEquals("PER", tokens.get(0).ner());
  }
}
