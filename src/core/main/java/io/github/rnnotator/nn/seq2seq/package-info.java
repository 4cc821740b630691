/**
 * The encoder-decoder: many-to-many for outputs of another length than the input. Start with {@link
 * io.github.rnnotator.nn.seq2seq.EncoderDecoder}, the network; {@link
 * io.github.rnnotator.nn.seq2seq.Attention} reads the source, {@link
 * io.github.rnnotator.nn.seq2seq.BeamSearch} finds the best outputs.
 */
@NullMarked
package io.github.rnnotator.nn.seq2seq;

import org.jspecify.annotations.NullMarked;
