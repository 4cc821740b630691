package io.github.rnnotator.lucene;

import io.github.rnnotator.Stress;
import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.tests.analysis.BaseTokenStreamTestCase;

/** Lucene's own check of token streams, with random text, readers, char filters and threads. */
public class RandomDataTest extends BaseTokenStreamTestCase {
  private static void check(Chains chains, Chains.Filters filters, int iterations)
      throws IOException {
    try (Analyzer analyzer = chains.analyzer(filters)) {
      checkRandomData(random(), analyzer, iterations);
    }
  }

  public void testAllFilters() throws IOException {
    check(Chains.random(random().nextLong()), Chains::all, 1000);
  }

  public void testTokenizer() throws IOException {
    check(Chains.random(random().nextLong()), words -> words, Stress.choose(100, 1000));
  }

  public void testNamesDirectlyAfterTheTokenizer() throws IOException {
    check(Chains.random(random().nextLong()), RnnotatorNamesFilter::new, Stress.choose(100, 1000));
  }

  public void testKeptPunctuation() throws IOException {
    Chains chains = Chains.random(random().nextLong()).keepingPunctuation();
    check(chains, Chains::all, Stress.choose(100, 1000));
  }

  public void testBundledModel() throws IOException {
    check(Chains.english(), Chains::all, Stress.choose(20, 1000));
  }

  public void testLongTexts() throws IOException {
    try (Analyzer analyzer = Chains.random(random().nextLong()).analyzer(Chains::all)) {
      checkRandomData(random(), analyzer, Stress.choose(1, 40), 8192);
    }
  }

  public void testBlankTexts() throws IOException {
    try (Analyzer analyzer = Chains.random(1).analyzer(Chains::all)) {
      for (String text : new String[] {"", " ", "\n\n\t", "\u200B"}) {
        try (TokenStream stream = analyzer.tokenStream("f", text)) {
          assertTokenStreamContents(
              stream, new String[0], new int[0], new int[0], null, null, null, text.length(), true);
        }
      }
    }
  }
}
