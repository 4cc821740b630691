/**
 * Tags a corpus of any size in parallel and in constant memory; a killed run resumes without loss.
 * Start with {@link io.github.rnnotator.batch.Batch}, a run from its input to its outputs, and
 * {@code PartReader} and {@code PartTagger}, the two ends of its queue; {@code Checkpoint} is what
 * a resumed run knows.
 */
@NullMarked
package io.github.rnnotator.batch;

import org.jspecify.annotations.NullMarked;
