package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a form becomes its lemma: a casing, and edits of the prefix and the suffix around the longest
 * common substring (Chrupala 2006, and the lemma rules of Straka 2018). Many words share one
 * script, so that scripts can be the labels of a head. Immutable.
 *
 * <pre>
 *   books    book      l0;;-        l0: lower case; the last character is deleted
 *   studies  study     l0;;---+y    three are deleted, y is inserted
 *   geese    goose     l0;&gt;--+o+o;  the first is kept, two are deleted, oo is inserted
 *   NASA     NASA      u0;;         upper case
 *   SMITH    Smith     u0l1;;       upper case, and lower case from character 1
 *   iPhones  iPhone    k;;-         k: the case of the form
 *   is       be        =be          nothing in common: the lemma itself
 *   추운     춥+ㄴ     l0;;^읍-+++ㄴ the first syllable ends in ㅂ
 *   갔다     가+았+다  l0;;&lt;+++았++&gt; the first syllable loses its final consonant
 *   했다     하+았+다  l0;;~아+++았++&gt; the first syllable ends as in 아
 * </pre>
 *
 * <p>{@link LemmaEdit} lists the operations. Characters are code points. A casing position in the
 * second half of the lemma counts from its end, as in {@code u-1}. A word that begins with a Hangul
 * syllable is edited after the characters that it shares with its lemma at the beginning.
 */
public final class LemmaScript {
  /** The script that gives the form itself. It applies to every form. */
  public static final LemmaScript KEEP = parse("k;;");

  private static final String KEPT = "k";
  private static final String LOWER = "l0";

  /** The casings that are tried first. */
  private static final String[] COMMON = {LOWER, "u0", "u0l1"};

  /** The length of the script that gives the form in lower case. */
  private static final int UNCHANGED = LOWER.length() + 2;

  private static final int LONGEST_CASING = 40;

  /** No common substring is searched if the product of both lengths exceeds this. */
  private static final int LARGEST_TABLE = 1 << 18;

  private final String text;
  private final @Nullable String lemma;
  private final String casing;
  private final LemmaEdit prefix;
  private final LemmaEdit suffix;

  private LemmaScript(String casing, LemmaEdit prefix, LemmaEdit suffix) {
    this.text = casing + ";" + prefix.operations() + ";" + suffix.operations();
    this.lemma = null;
    this.casing = casing;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  private LemmaScript(String lemma) {
    this.text = "=" + lemma;
    this.lemma = lemma;
    this.casing = KEPT;
    this.prefix = LemmaEdit.NONE;
    this.suffix = prefix;
  }

  /**
   * Returns the script from a form to its lemma: {@code of(form, lemma).apply(form)} is the lemma.
   *
   * @throws IllegalArgumentException if the lemma is empty
   */
  public static LemmaScript of(String form, String lemma) {
    if (lemma.isEmpty()) {
      throw new IllegalArgumentException("the lemma of '" + form + "' is empty");
    }
    LemmaScript script = edited(form, lemma);
    return script != null && script.apply(form).filter(lemma::equals).isPresent()
        ? script
        : new LemmaScript(lemma);
  }

  private static @Nullable LemmaScript edited(String form, String lemma) {
    if ((long) form.length() * lemma.length() > LARGEST_TABLE) {
      return form.equals(lemma) ? KEEP : null;
    }
    String lower = cased(LOWER, lemma);
    for (String casing : COMMON) {
      if (cased(casing, lower).equals(lemma)) {
        return edited(casing, cased(LOWER, form), lower);
      }
    }
    LemmaScript kept = edited(KEPT, form, lemma);
    String runs = runs(lemma);
    LemmaScript recased =
        runs.length() > LONGEST_CASING ? null : edited(runs, cased(LOWER, form), lower);
    if (kept == null || recased == null) {
      return kept == null ? recased : kept;
    }
    return kept.cost() <= recased.cost() ? kept : recased;
  }

  private int cost() {
    return prefix.cost() + suffix.cost();
  }

  private static @Nullable LemmaScript edited(String casing, String from, String to) {
    int[] form = from.codePoints().toArray();
    int[] lemma = to.codePoints().toArray();
    if (form.length > 0 && HangulSyllable.is(form[0])) {
      return inflectedAtItsEnd(casing, form, lemma);
    }
    int length = 0;
    int formEnd = 0;
    int lemmaEnd = 0;
    int[] suffixes = new int[lemma.length + 1];
    for (int i = 1; i <= form.length; i++) {
      for (int j = lemma.length; j > 0; j--) {
        suffixes[j] = form[i - 1] == lemma[j - 1] ? suffixes[j - 1] + 1 : 0;
        // Of several longest ones the first in the form, and there the first in the lemma.
        if (suffixes[j] > length || suffixes[j] == length && formEnd == i) {
          length = suffixes[j];
          formEnd = i;
          lemmaEnd = j;
        }
      }
    }
    if (length == 0) {
      return null;
    }
    return new LemmaScript(
        casing,
        LemmaEdit.between(
            Arrays.copyOf(form, formEnd - length), Arrays.copyOf(lemma, lemmaEnd - length)),
        LemmaEdit.between(
            Arrays.copyOfRange(form, formEnd, form.length),
            Arrays.copyOfRange(lemma, lemmaEnd, lemma.length)));
  }

  /**
   * Returns the script of a Korean word, which begins with its stem, so that words with the same
   * endings share one whatever is longer, the stem or the endings: of both {@code 나에게} and {@code
   * 친구에게} it is {@code l0;;++>>}. Null if the lemma keeps nothing of the form.
   */
  private static @Nullable LemmaScript inflectedAtItsEnd(String casing, int[] form, int[] lemma) {
    int mismatch = Arrays.mismatch(form, lemma);
    int stem = mismatch < 0 ? form.length : mismatch;
    LemmaEdit endings =
        LemmaEdit.between(
            Arrays.copyOfRange(form, stem, form.length),
            Arrays.copyOfRange(lemma, stem, lemma.length));
    return stem > 0 || endings.keeps() ? new LemmaScript(casing, LemmaEdit.NONE, endings) : null;
  }

  /** Returns the casing of a lemma; characters without case continue that of the one before. */
  private static String runs(String lemma) {
    int[] characters = lemma.codePoints().toArray();
    StringBuilder runs = new StringBuilder();
    char last = 0;
    for (int i = 0; i < characters.length; i++) {
      boolean isUpper = Character.toLowerCase(characters[i]) != characters[i];
      boolean isLower = Character.toUpperCase(characters[i]) != characters[i];
      char kind = isUpper ? 'u' : isLower || last == 0 ? 'l' : last;
      if (kind != last) {
        runs.append(kind).append(i <= characters.length / 2 ? i : i - characters.length);
      }
      last = kind;
    }
    return runs.toString();
  }

  /** Whether all characters are lower case letters of ASCII, as in most words of English. */
  private static boolean isPlain(String form) {
    for (int i = 0; i < form.length(); i++) {
      if (form.charAt(i) < 'a' || form.charAt(i) > 'z') {
        return false;
      }
    }
    return !form.isEmpty();
  }

  /** Whether a text consists of Hangul syllables and marks of ASCII, which have no case. */
  private static boolean isCaseless(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (isLetter || c > 0x7F && !HangulSyllable.is(c)) {
        return false;
      }
    }
    return true;
  }

  /** Applies a casing. Characters are converted one by one, so that their number is the same. */
  private static String cased(String casing, String text) {
    if (casing.equals(KEPT) || isCaseless(text)) {
      return text;
    }
    int[] characters = characters(text);
    for (int at = 0; at < casing.length(); ) {
      boolean upper = casing.charAt(at++) == 'u';
      int end = at;
      while (end < casing.length() && casing.charAt(end) != 'l' && casing.charAt(end) != 'u') {
        end++;
      }
      int position = Integer.parseInt(casing.substring(at, end));
      for (int i = Math.max(0, position < 0 ? position + characters.length : position);
          i < characters.length;
          i++) {
        characters[i] =
            upper ? Character.toUpperCase(characters[i]) : Character.toLowerCase(characters[i]);
      }
      at = end;
    }
    return new String(characters, 0, characters.length);
  }

  /**
   * Parses {@link #toString}.
   *
   * @throws IllegalArgumentException if it is not a script
   */
  public static LemmaScript parse(String script) {
    if (script.startsWith("=") && script.length() > 1) {
      return new LemmaScript(script.substring(1));
    }
    int first = script.indexOf(';');
    String casing = script.substring(0, Math.max(0, first));
    if (!casing.equals("k") && !casing.matches("(?:[lu]-?+\\d{1,4}+)++")) {
      throw invalid(script, "no casing");
    }
    LemmaEdit prefix = LemmaEdit.parse(script, first + 1);
    int second = first + 1 + prefix.operations().length();
    if (second == script.length()) {
      throw invalid(script, "no suffix");
    }
    LemmaEdit suffix = LemmaEdit.parse(script, second + 1);
    if (second + 1 + suffix.operations().length() < script.length()) {
      throw invalid(script, "more than a prefix and a suffix");
    }
    return new LemmaScript(casing, prefix, suffix);
  }

  static IllegalArgumentException invalid(String script, String problem) {
    return new IllegalArgumentException("'" + script + "' is not a lemma script: " + problem);
  }

  /**
   * Returns what the script consists of: its casing, the operations on the prefix, a semicolon, and
   * the operations on the suffix; {@code =} for one that is a lemma.
   */
  public List<String> parts() {
    if (lemma != null) {
      return List.of("=");
    }
    List<String> parts = new ArrayList<>();
    parts.add(casing);
    parts.addAll(prefix.split());
    parts.add(";");
    parts.addAll(suffix.split());
    return parts;
  }

  /** Whether the script is a lemma, whatever the form. */
  public boolean isLiteral() {
    return lemma != null;
  }

  /**
   * Returns the lemma of a form, or empty if the script does not apply: the form is too short, or
   * lacks a syllable that the script changes.
   */
  public Optional<String> apply(String form) {
    if (lemma != null) {
      return Optional.of(lemma);
    }
    if (casing.equals(LOWER) && text.length() == UNCHANGED && isPlain(form)) {
      return Optional.of(form);
    }
    int[] characters = characters(casing.equals(KEPT) ? form : cased(LOWER, form));
    int middle = characters.length - prefix.read() - suffix.read();
    if (middle < 0) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder();
    boolean applies = prefix.apply(characters, 0, out);
    for (int i = 0; i < middle; i++) {
      out.appendCodePoint(characters[prefix.read() + i]);
    }
    applies &= suffix.apply(characters, prefix.read() + middle, out);
    return !applies || out.isEmpty()
        ? Optional.empty()
        : Optional.of(cased(casing, out.toString()));
  }

  /** Returns the code points; faster than the stream of a string for these few. */
  private static int[] characters(String text) {
    int[] characters = new int[text.codePointCount(0, text.length())];
    for (int i = 0, at = 0; i < characters.length; i++) {
      characters[i] = text.codePointAt(at);
      at += Character.charCount(characters[i]);
    }
    return characters;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LemmaScript script && text.equals(script.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the script as in the table above. */
  @Override
  public String toString() {
    return text;
  }
}
