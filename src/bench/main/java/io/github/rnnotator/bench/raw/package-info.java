/**
 * Raw text to all annotations by whole pipelines: how fast, and how well on the same text. Start
 * with {@link io.github.rnnotator.bench.raw.RawContest}.
 */
@NullMarked
package io.github.rnnotator.bench.raw;

import org.jspecify.annotations.NullMarked;
