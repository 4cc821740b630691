/**
 * OpenNLP's interfaces for sentence detectors, tokenizers, taggers and name finders. Start with
 * {@link io.github.rnnotator.opennlp.RnnotatorPosTagger} and {@link
 * io.github.rnnotator.opennlp.RnnotatorNameFinder}.
 */
@NullMarked
package io.github.rnnotator.opennlp;

import org.jspecify.annotations.NullMarked;
