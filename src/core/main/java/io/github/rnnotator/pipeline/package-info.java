/** Annotator stages from raw text to tagged sentences. */
@NullMarked
package io.github.rnnotator.pipeline;

import org.jspecify.annotations.NullMarked;
