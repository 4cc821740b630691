package io.github.rnnotator.uima;

/** The kinds of annotations that are written to tokens and names. */
enum Layer {
  /** {@code POS}, from the heads {@code upos} and {@code xpos}. */
  POS,
  /** {@code MorphologicalFeatures}, from the head {@code feats}. */
  MORPH,
  /** {@code Lemma}, from the head {@code lemma}. */
  LEMMA,
  /** {@code NamedEntity}, from the head {@code ner}. */
  NER
}
