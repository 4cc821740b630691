package io.github.rnnotator.corenlp;

import io.github.rnnotator.text.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sentence of CoreNLP.
 *
 * @param sentences those of the segmenter that it joins, at least one
 * @param number the line of the text on which it is, from 1, if lines are sentences; else null
 */
record SentenceLine(List<Sentence> sentences, @Nullable Integer number) {}
