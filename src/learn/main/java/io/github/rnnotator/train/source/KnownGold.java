package io.github.rnnotator.train.source;

import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the gold tags of a source say about predictions. Where a source does not annotate a type, a
 * predicted mention of that type may be right, so its tokens outside all gold mentions are not
 * scored.
 */
public final class KnownGold {
  private KnownGold() {}

  /**
   * Returns a gold sentence without the tags that do not tell whether the predicted ones are right.
   *
   * @param gold a sentence of the source
   * @param predicted the same sentence with predicted tags
   * @param heads those with chunk tags
   */
  public static TaggedSentence of(
      TaggedSentence gold, TaggedSentence predicted, Group.Source source, Set<String> heads) {
    Set<String> annotates = source.annotates();
    if (annotates == null) {
      return gold;
    }
    Map<String, TagSequence> all = new LinkedHashMap<>(gold.tags());
    all.replaceAll(
        (head, tags) -> heads.contains(head) ? known(tags, predicted.tags(head), annotates) : tags);
    return gold.with(all);
  }

  private static TagSequence known(TagSequence gold, TagSequence predicted, Set<String> annotates) {
    List<String> known = new ArrayList<>(gold.tags());
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).equals(TagScheme.OUTSIDE)
          && TagScheme.typeOf(predicted.tag(i)).filter(t -> !annotates.contains(t)).isPresent()) {
        known.set(i, TagSequence.MISSING);
      }
    }
    return TagSequence.of(known);
  }
}
