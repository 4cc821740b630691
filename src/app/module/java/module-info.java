/** The command line, batch tagging and the server. */
module io.github.rnnotator.app {
  requires transitive io.github.rnnotator.core;
  requires transitive io.github.rnnotator.formats;
  requires transitive io.github.rnnotator.learn;
  requires io.github.rnnotator.onnx;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires jdk.httpserver;
  requires jdk.management;
  requires me.tongfei.progressbar;
  requires org.apache.commons.io;
  requires org.jline.terminal;

  exports io.github.rnnotator.batch;
  exports io.github.rnnotator.render;
  exports io.github.rnnotator.serve;

  opens io.github.rnnotator.batch;
  opens io.github.rnnotator.cli;
  opens io.github.rnnotator.serve;
}
