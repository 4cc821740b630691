/** Readers and writers of corpus formats. Errors name file, line and what was expected. */
@NullMarked
package io.github.rnnotator.corpus;

import org.jspecify.annotations.NullMarked;
