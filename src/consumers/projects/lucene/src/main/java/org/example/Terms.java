package org.example;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.custom.CustomAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Lists the terms of a text. */
public final class Terms {
  private Terms() {}

  /** Returns lemmas and names. */
  public static List<String> of(String text) throws IOException {
    Analyzer analyzer =
        CustomAnalyzer.builder()
            .withTokenizer("rnnotator", "model", "en-fast")
            .addTokenFilter("rnnotatorLemma")
            .addTokenFilter("rnnotatorNames")
            .build();
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    }
    return terms;
  }
}
