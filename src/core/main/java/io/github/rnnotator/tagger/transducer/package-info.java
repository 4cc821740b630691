/**
 * Transducers: models that write an output of any length for each line, with an encoder-decoder.
 * Start with {@link io.github.rnnotator.tagger.transducer.Transducer}; {@link
 * io.github.rnnotator.tagger.transducer.TransducerFile} reads and writes their models.
 */
@NullMarked
package io.github.rnnotator.tagger.transducer;

import org.jspecify.annotations.NullMarked;
