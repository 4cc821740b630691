/** OpenNLP's interfaces on top of a segmenter and a tagger. */
module io.github.rnnotator.opennlp {
  requires transitive io.github.rnnotator.core;
  requires transitive org.apache.opennlp.tools;

  exports io.github.rnnotator.opennlp;
}
