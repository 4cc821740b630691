package io.github.rnnotator.eval;

import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole text as a sentence of a single token, the text, whose tags are its labels. So everything
 * counted for tags is counted for labels, too: accuracy, precision and recall of each, intervals,
 * calibration, comparisons.
 */
public final class WholeText {
  private WholeText() {}

  /** Returns the tokens with blanks between them as one token, its labels as tags. */
  public static TaggedSentence of(TaggedSentence labelled) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    labelled.labels().forEach((head, label) -> tags.put(head, tag(label)));
    return new TaggedSentence(Sentence.of(String.join(" ", labelled.sentence().forms())), tags);
  }

  private static TagSequence tag(Label label) {
    Float probability = label.probability();
    return new TagSequence(
        List.of(label.name()), probability == null ? List.of() : List.of(probability));
  }
}
