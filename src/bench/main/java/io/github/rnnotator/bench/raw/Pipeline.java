package io.github.rnnotator.bench.raw;

import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Set;

/** A program that annotates the raw text, in its own classes. Not thread-safe. */
interface Pipeline extends Contestant {
  /** The heads whose tags it gives: {@code upos}, {@code ner}, ... */
  Set<String> heads();

  /** Does the work once and returns all sentences, with the characters of the text. */
  List<TaggedSentence> sentences();
}
