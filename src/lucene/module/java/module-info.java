/** A tokenizer and token filters for Lucene on top of a segmenter and a tagger. */
module io.github.rnnotator.lucene {
  requires transitive io.github.rnnotator.core;
  requires transitive org.apache.lucene.core;

  exports io.github.rnnotator.lucene;

  provides org.apache.lucene.analysis.TokenizerFactory with
      io.github.rnnotator.lucene.RnnotatorTokenizerFactory;
  provides org.apache.lucene.analysis.TokenFilterFactory with
      io.github.rnnotator.lucene.RnnotatorPartOfSpeechFilterFactory,
      io.github.rnnotator.lucene.RnnotatorLemmaFilterFactory,
      io.github.rnnotator.lucene.RnnotatorNamesFilterFactory;
}
