package io.github.rnnotator.uima;

import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import io.github.rnnotator.text.Sentence;
import java.util.List;

/**
 * A sentence of a CAS.
 *
 * @param words its words, with offsets in the text of the CAS
 * @param tokens the annotation of each word
 */
record CasSentence(Sentence words, List<Token> tokens) {}
