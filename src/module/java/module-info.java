/**
 * A sequence tagger. Optional dependencies (for raw text in English, commands and adapters) are
 * resolved on use: add them with {@code --add-modules}.
 */
open module io.github.rnnotator {
  requires transitive ejml.core;
  requires transitive ejml.fdense;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.module.paramnames;
  requires org.slf4j;
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;
  requires static java.desktop;
  requires static jdk.httpserver;
  requires static jdk.management;
  requires static com.fasterxml.jackson.dataformat.csv;
  requires static com.fasterxml.jackson.dataformat.yaml;
  requires static com.github.luben.zstd_jni;
  requires static edu.stanford.nlp.corenlp;
  requires static info.picocli;
  requires static me.tongfei.progressbar;
  requires static org.apache.commons.compress;
  requires static org.apache.commons.io;
  requires static org.apache.opennlp.tools;
  requires static org.apache.xmlgraphics.batik.svggen;
  requires static org.jline.terminal;
  requires static xchart;

  uses org.slf4j.spi.SLF4JServiceProvider;

  exports io.github.rnnotator.batch;
  exports io.github.rnnotator.corenlp;
  exports io.github.rnnotator.corpus;
  exports io.github.rnnotator.embed;
  exports io.github.rnnotator.eval;
  exports io.github.rnnotator.eval.report;
  exports io.github.rnnotator.kernel;
  exports io.github.rnnotator.nn;
  exports io.github.rnnotator.onnx;
  exports io.github.rnnotator.opennlp;
  exports io.github.rnnotator.pipeline;
  exports io.github.rnnotator.serve;
  exports io.github.rnnotator.tagger;
  exports io.github.rnnotator.text;
  exports io.github.rnnotator.train;
}
