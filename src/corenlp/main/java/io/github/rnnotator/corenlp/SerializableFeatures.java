package io.github.rnnotator.corenlp;

import edu.stanford.nlp.trees.ud.CoNLLUFeatures;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The features of a token, as CoreNLP has them, but serializable. CoreNLP's own class keeps a
 * comparator that is not, so the serialized form is a map without it. Not thread-safe.
 */
final class SerializableFeatures extends CoNLLUFeatures {
  private static final long serialVersionUID = 1;

  /** Creates an empty map of features. */
  SerializableFeatures() {}

  private SerializableFeatures(Map<String, String> features) {
    super(features);
  }

  private Object writeReplace() {
    return new Written(new LinkedHashMap<>(this));
  }

  /** The serialized form. */
  private record Written(LinkedHashMap<String, String> features) implements Serializable {
    private Object readResolve() {
      return new SerializableFeatures(features);
    }
  }
}
