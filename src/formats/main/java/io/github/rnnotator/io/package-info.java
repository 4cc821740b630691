/**
 * Files: atomic output, compression, lines of strict UTF-8. Start with {@link
 * io.github.rnnotator.io.AtomicOutput} and {@link io.github.rnnotator.io.CorpusInput}.
 */
@NullMarked
package io.github.rnnotator.io;

import org.jspecify.annotations.NullMarked;
