/** The tagger: its configuration, its weights, the model file, and inference. */
@NullMarked
package io.github.rnnotator.tagger;

import org.jspecify.annotations.NullMarked;
