/**
 * Annotators for the pipelines and the server of Stanford CoreNLP, which creates them. {@link
 * io.github.rnnotator.corenlp.RnnotatorAnnotator} tags tokens: {@code Settings} reads its
 * properties, and {@code TokenAnnotations} writes the tags. {@link
 * io.github.rnnotator.corenlp.RnnotatorTokenizerAnnotator} finds sentences and tokens: {@code
 * SentenceRule} says what a sentence is, and {@code SentenceAnnotations} writes them.
 */
@NullMarked
package io.github.rnnotator.corenlp;

import org.jspecify.annotations.NullMarked;
