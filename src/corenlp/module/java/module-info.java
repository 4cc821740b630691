/** A custom annotator for Stanford CoreNLP pipelines. */
module io.github.rnnotator.corenlp {
  requires transitive io.github.rnnotator.core;
  requires static edu.stanford.nlp.corenlp;

  exports io.github.rnnotator.corenlp;
}
