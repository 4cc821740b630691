/** A program on the module path. */
module org.example {
  requires io.github.rnnotator.core;
  requires io.github.rnnotator.model.en.fast;
}
