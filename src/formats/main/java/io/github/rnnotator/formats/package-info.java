/**
 * Readers and writers of corpora and documents. Errors name file, line and what was expected. Start
 * with {@link io.github.rnnotator.formats.CorpusFormat} (sentences), {@link
 * io.github.rnnotator.formats.DocumentFormat} (documents to be tagged) and {@link
 * io.github.rnnotator.formats.OutputFormat} (tagged documents).
 */
@NullMarked
package io.github.rnnotator.formats;

import org.jspecify.annotations.NullMarked;
