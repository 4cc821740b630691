/** OpenNLP's interfaces on top of a tagger, and its sentences and tokens of English. */
module io.github.rnnotator.opennlp {
  requires transitive io.github.rnnotator.core;
  requires transitive org.apache.opennlp.tools;

  exports io.github.rnnotator.opennlp;

  provides io.github.rnnotator.segment.SegmenterProvider with
      io.github.rnnotator.opennlp.OpenNlpSegmenters;
}
