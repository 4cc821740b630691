/**
 * Networks as Keras' users write them: {@link io.github.rnnotator.keras.SequentialModel} builds a
 * stack of layers, fits it to examples, evaluates it and prints its summary. The layers are those
 * of {@code nn}, after an {@link io.github.rnnotator.keras.Embedding} where the input is ids.
 */
@NullMarked
package io.github.rnnotator.keras;

import org.jspecify.annotations.NullMarked;
