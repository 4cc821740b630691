/** A program on the module path that trains. */
module org.example {
  requires io.github.rnnotator.learn;
}
