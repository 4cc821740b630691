package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rnnotator.opennlp.RnnotatorNameFinder;
import io.github.rnnotator.opennlp.RnnotatorPosTagger;
import io.github.rnnotator.tagger.Tagger;
import java.io.IOException;
import opennlp.tools.namefind.TokenNameFinder;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;

/** OpenNLP's interfaces on top of our tagger. */
class TaggerTest {
  @Test
  void tagsAndFindsNames() throws IOException {
    Tagger model = Tagger.bundled("en-fast");
    String[] tokens = {"Anna", "left", "Oslo", "."};
    POSTagger tagger = new RnnotatorPosTagger(model, "upos");
    assertArrayEquals(new String[] {"PROPN", "VERB", "PROPN", "PUNCT"}, tagger.tag(tokens));
    TokenNameFinder finder = new RnnotatorNameFinder(model, "ner");
    Span[] names = finder.find(tokens);
    assertEquals(2, names.length);
    assertEquals("PER", names[0].getType());
  }
}
