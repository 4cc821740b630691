/**
 * An annotator for the pipelines and the server of Stanford CoreNLP. Start with {@link
 * io.github.rnnotator.corenlp.RnnotatorAnnotator}, which CoreNLP creates; {@code Settings} reads
 * its properties, and {@code TokenAnnotations} writes the tags.
 */
@NullMarked
package io.github.rnnotator.corenlp;

import org.jspecify.annotations.NullMarked;
