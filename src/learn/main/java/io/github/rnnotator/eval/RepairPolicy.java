package io.github.rnnotator.eval;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import java.util.ArrayList;
import java.util.List;

/**
 * How to read predicted tags that break their scheme, such as {@code O I-PER} in IOB2. Scores of
 * one tagger differ by the policy, which often goes unreported (Palen-Michel, Holley and Lignos,
 * SeqScore: Addressing Barriers to Reproducible Named Entity Recognition Evaluation, Eval4NLP
 * 2021).
 */
public enum RepairPolicy {
  /**
   * As {@code conlleval} reads them: a chunk opens at every inside tag without an open chunk of its
   * type, and an unclosed chunk ends at its last tag. The same as changing each such {@code I-} to
   * {@code B-}.
   */
  CONLLEVAL("conlleval") {
    @Override
    List<Mention> mentions(TagScheme scheme, List<String> tags) {
      return Chunks.lenient(tags);
    }
  },
  /** A chunk that does not begin and end as the scheme says is dropped: its tokens become O. */
  DISCARD("discard") {
    @Override
    List<Mention> mentions(TagScheme scheme, List<String> tags) {
      return Chunks.strict(scheme, tags);
    }
  },
  /**
   * A chunk keeps the type of its first tag: an inside tag of another type that is illegal there
   * continues the open chunk, so that {@code B-PER I-LOC} is one chunk of PER. Where no chunk is
   * open it opens one.
   */
  CONTINUE("continue") {
    @Override
    List<Mention> mentions(TagScheme scheme, List<String> tags) {
      List<String> repaired = new ArrayList<>(tags.size());
      String previous = TagScheme.OUTSIDE;
      for (String tag : tags) {
        String now = tag;
        if (!scheme.isLegalTransition(previous, tag) && isOpen(previous) && goesOn(tag)) {
          ChunkTag open = ChunkTag.of(previous);
          now = ChunkTag.of(tag).prefix() + (open.type().isEmpty() ? "" : "-" + open.type());
        }
        repaired.add(now);
        previous = now;
      }
      return Chunks.lenient(repaired);
    }
  };

  private final String label;

  RepairPolicy(String label) {
    this.label = label;
  }

  /** Its name in a report. */
  public String label() {
    return label;
  }

  /** Returns the chunks in these tags. */
  abstract List<Mention> mentions(TagScheme scheme, List<String> tags);

  private static boolean isOpen(String tag) {
    String prefix = ChunkTag.of(tag).prefix();
    return List.of("B", "I", "M").contains(prefix);
  }

  private static boolean goesOn(String tag) {
    String prefix = ChunkTag.of(tag).prefix();
    return List.of("I", "M", "E", "L").contains(prefix);
  }
}
