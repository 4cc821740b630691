/** A small web page and a JSON endpoint on the local machine, to try out models. */
@NullMarked
package io.github.rnnotator.serve;

import org.jspecify.annotations.NullMarked;
