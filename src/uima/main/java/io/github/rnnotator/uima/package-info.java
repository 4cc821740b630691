/**
 * An analysis engine for Apache UIMA: sentences, tokens, parts of speech, morphology, lemmas and
 * names with the types of DKPro Core. Start with {@link
 * io.github.rnnotator.uima.RnnotatorAnnotator}; {@link io.github.rnnotator.uima.InceptionServer} is
 * an external recommender for INCEpTION.
 */
@NullMarked
package io.github.rnnotator.uima;

import org.jspecify.annotations.NullMarked;
