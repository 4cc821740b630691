/** A program on the module path whose analyzer is built by the names of its parts. */
module org.example {
  requires io.github.rnnotator.lucene;
  requires io.github.rnnotator.model.en.fast;
  requires org.apache.lucene.analysis.common;
}
