/** Training, evaluation and reports. */
module io.github.rnnotator.learn {
  requires transitive io.github.rnnotator.core;
  requires transitive io.github.rnnotator.formats;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires static java.desktop;

  exports io.github.rnnotator.data;
  exports io.github.rnnotator.eval;
  exports io.github.rnnotator.eval.align;
  exports io.github.rnnotator.eval.calibration;
  exports io.github.rnnotator.eval.pairs;
  exports io.github.rnnotator.eval.significance;
  exports io.github.rnnotator.keras;
  exports io.github.rnnotator.pretrain;
  exports io.github.rnnotator.report;
  exports io.github.rnnotator.train;
  exports io.github.rnnotator.train.segmenter;

  opens io.github.rnnotator.eval;
  opens io.github.rnnotator.pretrain;
  opens io.github.rnnotator.train;
  opens io.github.rnnotator.train.source;
}
