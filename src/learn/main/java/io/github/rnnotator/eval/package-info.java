/** Scores: accuracy, conlleval's F1, and reports. */
@NullMarked
package io.github.rnnotator.eval;

import org.jspecify.annotations.NullMarked;
