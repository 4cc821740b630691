/** A small web page and a JSON endpoint on one's own machine, to look at what a model does. */
@NullMarked
package io.github.rnnotator.serve;

import org.jspecify.annotations.NullMarked;
