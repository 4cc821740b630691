package io.github.rnnotator.uima;

import io.github.rnnotator.text.Sentence;
import java.util.List;
import org.apache.uima.cas.text.AnnotationFS;

/**
 * A sentence of a CAS.
 *
 * @param <T> the type of its tokens
 * @param words its words, with offsets in the text of the CAS
 * @param tokens the annotation of each word
 */
record CasSentence<T extends AnnotationFS>(Sentence words, List<T> tokens) {}
