/** All that running a model needs. A model is a module of its own, which a program requires. */
module io.github.rnnotator.core {
  requires transitive ejml.core;
  requires com.fasterxml.jackson.databind;
  requires static jdk.incubator.vector;
  requires static jdk.management;
  requires static transitive org.jspecify;

  exports io.github.rnnotator.annotate;
  exports io.github.rnnotator.embed;
  exports io.github.rnnotator.ops;
  exports io.github.rnnotator.nn;
  exports io.github.rnnotator.nn.head;
  exports io.github.rnnotator.nn.optimizer;
  exports io.github.rnnotator.nn.seq2seq;
  exports io.github.rnnotator.segment;
  exports io.github.rnnotator.tagger;
  exports io.github.rnnotator.tagger.pretrained;
  exports io.github.rnnotator.tagger.transducer;
  exports io.github.rnnotator.text;

  opens io.github.rnnotator.embed;
  opens io.github.rnnotator.tagger;
  opens io.github.rnnotator.tagger.pretrained;
  opens io.github.rnnotator.tagger.transducer;
}
