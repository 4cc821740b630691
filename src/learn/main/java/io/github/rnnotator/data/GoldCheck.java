package io.github.rnnotator.data;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that heads have gold tags to score or to learn: without them a score, 0.00 or 100.00, is
 * meaningless. Not thread-safe.
 *
 * <p>A head has gold if a token has a tag of it that is not missing. Where a word without an entry
 * has the tag {@code O} (MISC of CoNLL-U), and where mentions are judged, {@code O} is not enough.
 */
public final class GoldCheck {
  /** The remedy if a file is scored. */
  public static final String SCORE_ANOTHER =
      "score another head (--head), or merge tags into the file (rnnotator merge)";

  /** The remedy if a file is learned from. */
  public static final String LEAVE_OUT =
      "leave the head out of heads and input.heads, or merge tags into the file (rnnotator merge)";

  /** What a word without features has; alone it is not enough. */
  private static final String NO_FEATURES = "_";

  private static final String MISC = "misc:";

  private final Map<String, Measure> measures;
  private final Map<String, String> columns;
  private final Set<String> lacking;

  /** The heads without any tag so far. */
  private final Set<String> untagged;

  /** Whether {@code O} is gold everywhere. */
  private final boolean outsideIsGold;

  /**
   * Creates a check of a whole file.
   *
   * @param measures head name to measure
   * @param columns head name to the column of its tags
   */
  public GoldCheck(Map<String, Measure> measures, Map<String, String> columns) {
    this(measures, columns, false);
  }

  /** Creates a check of a part of a file with mentions, in which all tags may be {@code O}. */
  public GoldCheck(
      Map<String, Measure> measures, Map<String, String> columns, boolean outsideIsGold) {
    this.outsideIsGold = outsideIsGold;
    this.measures = measures;
    this.columns = columns;
    this.lacking = new LinkedHashSet<>(measures.keySet());
    this.untagged = new LinkedHashSet<>(measures.keySet());
  }

  /** Checks one sentence, or one text. */
  public void add(TaggedSentence sentence) {
    if (lacking.isEmpty()) {
      return;
    }
    untagged.removeIf(sentence::has);
    lacking.removeIf(head -> hasGold(sentence, head));
  }

  /** Returns the heads without gold so far. */
  public Set<String> lacking() {
    return new LinkedHashSet<>(lacking);
  }

  /**
   * Returns a note on a head that is skipped because the user did not name it.
   *
   * @param consequence what is not done with it
   */
  String skipped(String source, String head, String consequence) {
    return source + ": " + problem(head) + "; " + consequence;
  }

  private boolean hasGold(TaggedSentence sentence, String head) {
    if (sentence.labels().containsKey(head)) {
      return true;
    }
    TagSequence tags = sentence.tags().get(head);
    boolean outsideCounts =
        outsideIsGold || (measures.get(head) != Measure.F1 && !column(head).startsWith(MISC));
    return tags != null
        && tags.tags().stream()
            .anyMatch(
                tag ->
                    !TagSequence.isMissing(tag)
                        && !(measures.get(head) == Measure.FEATS && tag.equals(NO_FEATURES))
                        && (outsideCounts || !tag.equals(TagScheme.OUTSIDE)));
  }

  private String column(String head) {
    return columns.getOrDefault(head, head);
  }

  /**
   * Checks that each head had gold.
   *
   * @param source the file that was read, or the part of it
   * @param remedy the remedy, for the message
   * @throws CorpusException if one has none
   */
  public void require(String source, String remedy) throws CorpusException {
    for (String head : lacking) {
      throw new CorpusException(source, problem(head) + "; " + remedy);
    }
  }

  private String problem(String head) {
    if (measures.get(head) == Measure.LABELS) {
      return "no text has a label of head '" + head + "', only _";
    }
    if (measures.get(head) == Measure.FEATS) {
      return "no word has features of head '"
          + head
          + "', only _; expected features such as Number=Sing in the column "
          + column(head);
    }
    if (column(head).startsWith(MISC)) {
      return "no word has a gold tag of head '"
          + head
          + "', expected "
          + column(head).substring(MISC.length())
          + "= in the column MISC of some words";
    }
    return untagged.contains(head)
        ? "no word has a gold tag of head '"
            + head
            + "', only _; expected tags in the column "
            + column(head)
        : "no mention of head '"
            + head
            + "', only O; expected tags such as B-PER in the column "
            + column(head);
  }

  /** Returns the same sentences, checked once the last one was read. */
  public SentenceReader checked(SentenceReader reader, String source, String remedy) {
    return new SentenceReader() {
      private boolean any;

      @Override
      public Optional<TaggedSentence> read() throws IOException {
        Optional<TaggedSentence> sentence = reader.read();
        if (sentence.isPresent()) {
          add(sentence.get());
        } else if (any) {
          require(source, remedy);
        }
        any = true;
        return sentence;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
