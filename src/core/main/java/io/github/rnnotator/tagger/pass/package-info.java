/**
 * What the calls of a tagger share, on any number of threads: operations and packed weights ({@link
 * io.github.rnnotator.tagger.pass.TaggerOps}), buffers ({@link
 * io.github.rnnotator.tagger.pass.Workspaces}), and what is known of frequent words ({@link
 * io.github.rnnotator.tagger.pass.AdmissionCache}).
 */
@NullMarked
package io.github.rnnotator.tagger.pass;

import org.jspecify.annotations.NullMarked;
