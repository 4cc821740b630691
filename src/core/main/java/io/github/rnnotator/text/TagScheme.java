package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Encodes mentions as one tag per token: {@code B-PER I-PER O}. A scheme is defined by its letters
 * alone.
 *
 * <pre>
 *            a mention of one token, of two, of three    right after one of the same type
 *   IOB1     I        I I      I I I                     B        B I      B I I
 *   IOB2     B        B I      B I I                     the same
 *   IOBES    S        B E      B I E                     the same
 *   BMES     S        B E      B M E                     the same
 *   BILOU    U        B L      B I L                     the same
 *   IO       I        I I      I I I                     the same, so that the two merge
 * </pre>
 *
 * <p>A tag is {@code O}, or a letter, a hyphen and a type, split at the first hyphen, so that types
 * may hold hyphens; a mention of the empty type is the letter alone.
 */
public enum TagScheme {
  /** {@code I}, and {@code B} only where a mention follows another of its type (CoNLL-2003). */
  IOB1("IIII", "BBII"),
  /** {@code B} opens every mention (CoNLL-2000 and 2002). */
  IOB2("BBII", "BBII"),
  /** {@code B} opens, {@code E} ends, {@code S} is a mention of one token. */
  IOBES("SBIE", "SBIE"),
  /** {@link #IOBES} with {@code M} for {@code I} (Chinese corpora, NCRF++). */
  BMES("SBME", "SBME"),
  /** {@code B} opens, {@code L} ends, {@code U} is a mention of one token. */
  BILOU("UBIL", "UBIL"),
  /** {@code I} everywhere; neighbours of the same type can't be told apart. */
  IO("IIII", "IIII");

  /** The tag of a token outside every mention. */
  public static final String OUTSIDE = "O";

  /** The position of a token in its mention: only, first, inner or last token. */
  private enum Place {
    ONLY(true, true),
    FIRST(true, false),
    INNER(false, false),
    LAST(false, true);

    private final boolean opens;
    private final boolean closes;

    Place(boolean opens, boolean closes) {
      this.opens = opens;
      this.closes = closes;
    }
  }

  private static final List<Place> PLACES = List.of(Place.values());

  /** One letter per position. */
  private final String letters;

  /** The same for a mention directly after another of its type. */
  private final String adjacentLetters;

  /** Every letter once, openers first: {@code BI}, {@code BIES}. */
  private final String known;

  TagScheme(String letters, String adjacentLetters) {
    this.letters = letters;
    this.adjacentLetters = adjacentLetters;
    this.known =
        "BIMELSU"
            .chars()
            .filter(letter -> (letters + adjacentLetters).indexOf(letter) >= 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
  }

  /** The tag in IOBES: {@code M}, the inner letter of BMES, becomes {@code I}. */
  public static String asIobes(String tag) {
    boolean inner = tag.equals("M") || tag.startsWith("M-");
    return inner ? "I" + tag.substring(1) : tag;
  }

  /** The type of a chunk tag of any scheme; empty for {@link #OUTSIDE} and a missing tag. */
  public static Optional<String> typeOf(String tag) {
    return TagSequence.isMissing(tag) || tag.equals(OUTSIDE)
        ? Optional.empty()
        : Optional.of(type(tag));
  }

  /**
   * Returns the scheme of this name, ignoring case.
   *
   * @throws IllegalArgumentException if the scheme is unknown; the message lists the known ones
   */
  public static TagScheme parse(String name) {
    for (TagScheme scheme : values()) {
      if (scheme.name().equals(name.toUpperCase(Locale.ROOT))) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(
        "unknown tag scheme '"
            + name
            + "'; known are "
            + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", ")));
  }

  /**
   * Returns the mentions in these tags, in order. Illegal sequences are read as the CoNLL scorer
   * does: a mention opens at {@code B}, {@code S} and {@code U}, and at any other letter where none
   * of its type is open (at the start, after {@code O}, after another type, after {@code E}, {@code
   * L}, {@code S} and {@code U}); it ends after {@code E}, {@code L}, {@code S} and {@code U}, and
   * before {@code O}, another type or an opening letter. A {@link TagSequence#MISSING} tag is
   * outside: mentions next to it begin or end there.
   *
   * @throws IllegalArgumentException if one is not a tag of this scheme
   */
  public List<Mention> mentions(List<String> tags) {
    List<Mention> mentions = new ArrayList<>();
    int begin = -1;
    String type = "";
    for (int i = 0; i <= tags.size(); i++) {
      String tag = i < tags.size() && !TagSequence.isMissing(tags.get(i)) ? tags.get(i) : OUTSIDE;
      requireTag(tag);
      boolean inside = !tag.equals(OUTSIDE);
      boolean continues =
          begin >= 0
              && inside
              && type(tag).equals(type)
              && "BSU".indexOf(tag.charAt(0)) < 0
              && "ELSU".indexOf(tags.get(i - 1).charAt(0)) < 0;
      if (begin >= 0 && !continues) {
        mentions.add(new Mention(new Span(begin, i), type));
        begin = -1;
      }
      if (inside && !continues) {
        begin = i;
        type = type(tag);
      }
    }
    return mentions;
  }

  /**
   * Returns the tags of a sentence of {@code size} tokens with these mentions, given in any order.
   *
   * @throws IllegalArgumentException if two mentions overlap or one ends after the sentence
   */
  public List<String> tags(int size, List<Mention> mentions) {
    List<Mention> ordered = new ArrayList<>(mentions);
    ordered.sort((a, b) -> a.span().compareTo(b.span()));
    List<String> tags = new ArrayList<>(size);
    Mention previous = null;
    for (Mention mention : ordered) {
      Span span = mention.span();
      if (span.end() > size) {
        throw new IllegalArgumentException(
            describe(mention) + " ends after the last of " + size + " tokens");
      }
      if (previous != null && span.begin() < previous.span().end()) {
        throw new IllegalArgumentException(
            describe(previous) + " and " + describe(mention) + " overlap");
      }
      boolean again =
          previous != null
              && previous.span().end() == span.begin()
              && previous.type().equals(mention.type());
      while (tags.size() < span.begin()) {
        tags.add(OUTSIDE);
      }
      for (int i = span.begin(); i < span.end(); i++) {
        tags.add(tag(letter(place(i, span), again), mention.type()));
      }
      previous = mention;
    }
    while (tags.size() < size) {
      tags.add(OUTSIDE);
    }
    return tags;
  }

  /**
   * The same mentions in another scheme; a missing tag stays missing.
   *
   * @throws IllegalArgumentException if one is not a tag of this scheme
   */
  public List<String> convert(List<String> tags, TagScheme to) {
    List<String> converted = to.tags(tags.size(), mentions(tags));
    for (int i = 0; i < tags.size(); i++) {
      if (TagSequence.isMissing(tags.get(i))) {
        converted.set(i, TagSequence.MISSING);
      }
    }
    return converted;
  }

  /**
   * Whether {@link #tags} can give these two tags one after the other; a missing one may be any.
   */
  public boolean isLegalTransition(String from, String to) {
    if (TagSequence.isMissing(from) || TagSequence.isMissing(to)) {
      return (TagSequence.isMissing(from) || isTag(from))
          && (TagSequence.isMissing(to) || isTag(to));
    }
    if (!isTag(from) || !isTag(to)) {
      return false;
    }
    if (to.equals(OUTSIDE)) {
      return isLegalEnd(from);
    }
    if (from.equals(OUTSIDE)) {
      return isLegalStart(to);
    }
    boolean sameType = type(from).equals(type(to));
    return (closes(from) && opens(to, sameType)) || (sameType && isOpen(from) && continues(to));
  }

  /** Whether {@link #tags} can assign this tag to the first token. */
  public boolean isLegalStart(String tag) {
    return isTag(tag) && (tag.equals(OUTSIDE) || opens(tag, false));
  }

  /** Whether {@link #tags} can assign this tag to the last token. */
  public boolean isLegalEnd(String tag) {
    return isTag(tag) && (tag.equals(OUTSIDE) || closes(tag));
  }

  /** Whether {@link #tags} can produce this sequence. */
  public boolean isLegal(List<String> tags) {
    String from = OUTSIDE;
    for (String tag : tags) {
      if (!isLegalTransition(from, tag)) {
        return false;
      }
      from = tag;
    }
    return TagSequence.isMissing(from) || isLegalEnd(from);
  }

  /** Whether this is {@code O}, or one of this scheme's letters alone or before a type. */
  public boolean isTag(String tag) {
    return tag.equals(OUTSIDE)
        || (!tag.isEmpty()
            && known.indexOf(tag.charAt(0)) >= 0
            && (tag.length() == 1 || (tag.length() > 2 && tag.charAt(1) == '-')));
  }

  /**
   * Checks that this is a tag of the scheme.
   *
   * @throws IllegalArgumentException if {@link #isTag} is false; the message says what is expected
   */
  public void requireTag(String tag) {
    if (!isTag(tag)) {
      throw new IllegalArgumentException(
          "'"
              + tag
              + "' is not a tag of "
              + name()
              + "; expected O, or "
              + String.join(" or ", known.split(""))
              + " with a hyphen and a type, as in "
              + known.charAt(0)
              + "-PER");
    }
  }

  private static String describe(Mention mention) {
    return "mention "
        + mention.span().begin()
        + " to "
        + mention.span().end()
        + (mention.type().isEmpty() ? "" : " (" + mention.type() + ")");
  }

  private static Place place(int i, Span span) {
    if (span.size() == 1) {
      return Place.ONLY;
    }
    if (i == span.begin()) {
      return Place.FIRST;
    }
    return i == span.end() - 1 ? Place.LAST : Place.INNER;
  }

  private char letter(Place place, boolean again) {
    return (again ? adjacentLetters : letters).charAt(place.ordinal());
  }

  private static String tag(char letter, String type) {
    return type.isEmpty() ? String.valueOf(letter) : letter + "-" + type;
  }

  private static String type(String tag) {
    return tag.length() == 1 ? "" : tag.substring(2);
  }

  private boolean opens(String tag, boolean again) {
    return PLACES.stream().anyMatch(place -> place.opens && letter(place, again) == tag.charAt(0));
  }

  private boolean continues(String tag) {
    return PLACES.stream().anyMatch(place -> !place.opens && matches(tag, place));
  }

  private boolean isOpen(String tag) {
    return PLACES.stream().anyMatch(place -> !place.closes && matches(tag, place));
  }

  private boolean closes(String tag) {
    return PLACES.stream().anyMatch(place -> place.closes && matches(tag, place));
  }

  private boolean matches(String tag, Place place) {
    char letter = tag.charAt(0);
    return letter(place, false) == letter || letter(place, true) == letter;
  }
}
