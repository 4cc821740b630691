/** Readers and writers of corpora, tagged documents and word vectors. */
module io.github.rnnotator.formats {
  requires transitive io.github.rnnotator.core;
  requires com.fasterxml.jackson.core;
  requires com.github.luben.zstd_jni;
  requires org.apache.commons.compress;
  requires static transitive org.jspecify;

  exports io.github.rnnotator.formats;
  exports io.github.rnnotator.io;
  exports io.github.rnnotator.vectors;
}
