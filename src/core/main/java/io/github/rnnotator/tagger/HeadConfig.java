package io.github.rnnotator.tagger;

import static java.util.Objects.requireNonNullElse;

import io.github.rnnotator.text.TagScheme;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One head: it tags each token, or labels a whole text.
 *
 * @param kind how tags are decided
 * @param scheme the scheme in which chunk tags are learned, whatever that of the files; null for
 *     other tags, such as parts of speech
 * @param weight the weight of this head's loss, more than 0
 * @param smoothing label smoothing, in {@code [0, 1)}; 0 for a CRF
 * @param margin by how much the gold tags must outscore others per error, see {@link
 *     io.github.rnnotator.nn.head.CrfHead}; 0 or more, 0 without a CRF
 * @param pooling how the states of all tokens become one vector, for {@link Kind#DOCUMENT}; null
 *     for all others
 * @param minCount how often a script must occur in the training data to become a label, for {@link
 *     Kind#LEMMA}; null for all others
 * @param dictionary whether words of the training data have their lemma from a dictionary, for
 *     {@link Kind#LEMMA}; null for all others
 * @param morphemes the head whose tags have a part for each morpheme of the lemma, as {@code
 *     NNG+JX} for {@code 정부+는}, for {@link Kind#LEMMA}: both heads then agree on how many there
 *     are; null for none
 * @param parts whether labels with a part in common share weights: tags of morphemes ({@code
 *     NNG+JX}) for {@link Kind#SOFTMAX}, scripts for {@link Kind#LEMMA}, see {@link LabelParts};
 *     those of {@link Kind#FEATS} always do, without this
 * @param rank the length to which the states are projected before the logits, which makes heads of
 *     hundreds of labels faster, for {@link Kind#SOFTMAX}, {@link Kind#FEATS} and {@link
 *     Kind#LEMMA}; 0 for none
 * @param agree other heads with whose tags those of this head must have occurred together in the
 *     training data, such as parts of speech for features, for {@link Kind#SOFTMAX} and {@link
 *     Kind#FEATS}; empty for none
 */
public record HeadConfig(
    Kind kind,
    @Nullable TagScheme scheme,
    float weight,
    float smoothing,
    float margin,
    @Nullable Pooling pooling,
    @Nullable Integer minCount,
    @Nullable Boolean dictionary,
    @Nullable String morphemes,
    boolean parts,
    int rank,
    List<String> agree) {
  /** How often a script must occur by default. */
  private static final int MIN_COUNT = 3;

  /** A greater rank is a mistake. */
  private static final int MOST_RANK = 1 << 14;

  /** A larger margin is a mistake. */
  private static final float MOST = 1000;

  /** Checks the ranges and rejects options that conflict with the kind. */
  public HeadConfig {
    agree = agree == null ? List.of() : List.copyOf(agree);
    if (!agree.isEmpty() && !canAgree(kind, scheme)) {
      throw new IllegalArgumentException(
          "a head has agree: "
              + agree
              + ", which only kind: softmax without a scheme and kind: feats can have");
    }
    if (kind == Kind.DOCUMENT) {
      pooling = requireNonNullElse(pooling, Pooling.LAST);
      if (scheme != null) {
        throw new IllegalArgumentException(
            "a head of kind: document has scheme: "
                + scheme
                + ", but the label of a text is not a chunk tag; leave it out");
      }
    } else if (pooling != null) {
      throw new IllegalArgumentException(
          "a head has pooling: "
              + lower(pooling)
              + ", which only kind: document can have, not "
              + lower(kind));
    }
    if (kind == Kind.LEMMA) {
      minCount = requireNonNullElse(minCount, MIN_COUNT);
      dictionary = requireNonNullElse(dictionary, true);
      if (minCount < 1) {
        throw new IllegalArgumentException(
            "a head has min_count: " + minCount + ", expected at least 1");
      }
    } else if (minCount != null || dictionary != null || morphemes != null) {
      throw new IllegalArgumentException(
          "a head has "
              + (minCount != null
                  ? "min_count: " + minCount
                  : dictionary != null ? "dictionary: " + dictionary : "morphemes: " + morphemes)
              + ", which only kind: lemma can have, not "
              + lower(kind));
    }
    if (parts && kind != Kind.SOFTMAX && kind != Kind.LEMMA) {
      throw new IllegalArgumentException(
          "a head has parts: true, which only kind: softmax and kind: lemma can have, not "
              + lower(kind));
    }
    if (parts && scheme != null) {
      throw new IllegalArgumentException(
          "a head has parts: true and scheme: "
              + scheme
              + ", but chunk tags have no parts; leave one of them out");
    }
    if (rank < 0 || rank > MOST_RANK) {
      throw new IllegalArgumentException(
          "a head has rank: " + rank + ", expected 0 to " + MOST_RANK);
    }
    if (rank > 0 && (kind == Kind.CRF || kind == Kind.DOCUMENT)) {
      throw new IllegalArgumentException(
          "a head has rank: "
              + rank
              + ", which only kind: softmax, kind: feats and kind: lemma can have, not "
              + lower(kind));
    }
    if ((kind == Kind.FEATS || kind == Kind.LEMMA) && scheme != null) {
      throw new IllegalArgumentException(
          "a head of kind: "
              + lower(kind)
              + " has scheme: "
              + scheme
              + ", but its tags are not chunk tags; leave it out");
    }
    if (!(weight > 0 && Float.isFinite(weight))) {
      throw new IllegalArgumentException(
          "a head has weight: " + weight + ", expected more than 0, and finite");
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "a head has smoothing: " + smoothing + ", expected 0 or more and less than 1");
    }
    if (kind == Kind.CRF && smoothing > 0) {
      throw new IllegalArgumentException(
          "a head of kind: crf has smoothing: "
              + smoothing
              + "; a CRF has no label smoothing, remove it");
    }
    if (!(margin >= 0 && margin <= MOST)) {
      throw new IllegalArgumentException(
          "a head has margin: " + margin + ", expected 0 to " + (int) MOST);
    }
    if (kind != Kind.CRF && margin > 0) {
      throw new IllegalArgumentException(
          "a head of kind: "
              + lower(kind)
              + " has margin: "
              + margin
              + ", which only crf can have");
    }
  }

  /** How tags are decided. */
  public enum Kind {
    /** Each token by itself. */
    SOFTMAX,
    /** All tokens of a sentence together; with a scheme, only legal sequences. */
    CRF,
    /** One label for the whole text (many-to-one). */
    DOCUMENT,
    /**
     * Each token by itself, with features such as {@code Number=Sing|Person=3}: labels that share a
     * value learn from each other.
     */
    FEATS,
    /** The lemma of each token: the label is the script that makes it from the form. */
    LEMMA
  }

  /** How the states of all tokens become the one vector that {@link Kind#DOCUMENT} classifies. */
  public enum Pooling {
    /** The last state of each direction: what {@code returnSequences(false)} gives. */
    LAST,
    /** The greatest value over time of each element. */
    MAX,
    /** The mean over time. */
    MEAN
  }

  /** Whether files with {@link Manifest#FORMAT_WITHOUT_SEGMENTER} can't have it. */
  boolean isNew() {
    return kind == Kind.FEATS || kind == Kind.LEMMA;
  }

  /** Whether the tags of such a head can agree with those of others. */
  static boolean canAgree(Kind kind, @Nullable TagScheme scheme) {
    return (kind == Kind.SOFTMAX || kind == Kind.FEATS) && scheme == null;
  }

  /**
   * Returns the heads whose tags agree: those of {@link #agree}, then this one; none if it is
   * empty.
   *
   * @param name of this head
   */
  List<String> agreement(String name) {
    return agree.isEmpty() ? List.of() : Stream.concat(agree.stream(), Stream.of(name)).toList();
  }

  /** Whether labels with a part in common share weights. */
  public boolean sharesParts() {
    return kind == Kind.FEATS || parts;
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  /** Creates a head that tags each token by itself, such as with its part of speech. */
  public static HeadConfig softmax() {
    return of(Kind.SOFTMAX, null);
  }

  /** Creates a head that tags each token by itself with chunk tags in a scheme. */
  public static HeadConfig softmax(TagScheme scheme) {
    return of(Kind.SOFTMAX, scheme);
  }

  /** Creates a head that tags all tokens of a sentence together. */
  public static HeadConfig crf() {
    return of(Kind.CRF, null);
  }

  /** Creates a head that tags a sentence with chunk tags, legal in a scheme. */
  public static HeadConfig crf(TagScheme scheme) {
    return of(Kind.CRF, scheme);
  }

  /** Creates a head that gives a whole text one label. */
  public static HeadConfig document(Pooling pooling) {
    return new HeadConfig(
        Kind.DOCUMENT, null, 1, 0, 0, pooling, null, null, null, false, 0, List.of());
  }

  /** Creates a head that gives each token its features. */
  public static HeadConfig feats() {
    return of(Kind.FEATS, null);
  }

  /** Creates a head that gives each token its lemma. */
  public static HeadConfig lemma() {
    return of(Kind.LEMMA, null);
  }

  private static HeadConfig of(Kind kind, @Nullable TagScheme scheme) {
    return new HeadConfig(kind, scheme, 1, 0, 0, null, null, null, null, false, 0, List.of());
  }

  /** Returns a copy for scripts that occur at least so often. */
  public HeadConfig minCount(int minCount) {
    return with(draft -> draft.minCount = minCount);
  }

  /** Returns a copy with a dictionary, or without one. */
  public HeadConfig dictionary(boolean dictionary) {
    return with(draft -> draft.dictionary = dictionary);
  }

  /** Returns a copy that agrees with the tags of a head on the number of morphemes. */
  public HeadConfig morphemes(String head) {
    return with(draft -> draft.morphemes = head);
  }

  /** Returns a copy whose labels share the weights of their parts, or do not. */
  public HeadConfig parts(boolean parts) {
    return with(draft -> draft.parts = parts);
  }

  /** Returns a copy whose states are projected to this length first; 0 for as they are. */
  public HeadConfig rank(int rank) {
    return with(draft -> draft.rank = rank);
  }

  /** Returns a copy whose tags agree with these heads; an empty list disables agreement. */
  public HeadConfig agree(List<String> heads) {
    return with(draft -> draft.agree = heads);
  }

  /** Returns a copy with another weight of its loss. */
  public HeadConfig weight(float weight) {
    return with(draft -> draft.weight = weight);
  }

  /** Returns a copy with other label smoothing. */
  public HeadConfig smoothing(float smoothing) {
    return with(draft -> draft.smoothing = smoothing);
  }

  /** Returns a copy with another margin. */
  public HeadConfig margin(float margin) {
    return with(draft -> draft.margin = margin);
  }

  private HeadConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.config(kind, scheme, pooling);
  }

  /** The settings that can be changed one by one. */
  private static final class Draft {
    private float weight;
    private float smoothing;
    private float margin;
    private @Nullable Integer minCount;
    private @Nullable Boolean dictionary;
    private @Nullable String morphemes;
    private boolean parts;
    private int rank;
    private List<String> agree;

    Draft(HeadConfig config) {
      weight = config.weight;
      smoothing = config.smoothing;
      margin = config.margin;
      minCount = config.minCount;
      dictionary = config.dictionary;
      morphemes = config.morphemes;
      parts = config.parts;
      rank = config.rank;
      agree = config.agree;
    }

    HeadConfig config(Kind kind, @Nullable TagScheme scheme, @Nullable Pooling pooling) {
      return new HeadConfig(
          kind,
          scheme,
          weight,
          smoothing,
          margin,
          pooling,
          minCount,
          dictionary,
          morphemes,
          parts,
          rank,
          agree);
    }
  }
}
