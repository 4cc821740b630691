/**
 * From raw text to tagged documents. Start with {@link io.github.rnnotator.annotate.Annotator};
 * what it returns is a {@link io.github.rnnotator.text.Document}.
 */
@NullMarked
package io.github.rnnotator.annotate;

import org.jspecify.annotations.NullMarked;
