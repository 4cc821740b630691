package io.github.rnnotator.text;

import java.util.Arrays;
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
 * </pre>
 *
 * <p>{@code -} deletes a character, {@code >} keeps one, {@code +x} inserts {@code x}. Characters
 * are code points. A casing position in the second half of the lemma counts from its end, as in
 * {@code u-1}.
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
  private final Edit prefix;
  private final Edit suffix;

  private LemmaScript(String casing, Edit prefix, Edit suffix) {
    this.text = casing + ";" + prefix.operations + ";" + suffix.operations;
    this.lemma = null;
    this.casing = casing;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  private LemmaScript(String lemma) {
    this.text = "=" + lemma;
    this.lemma = lemma;
    this.casing = KEPT;
    this.prefix = new Edit("", 0);
    this.suffix = prefix;
  }

  /** Operations, and how many characters they read. */
  private record Edit(String operations, int read) {
    /** Reads the operations that begin at an index of a script. */
    static Edit parse(String script, int begin) {
      int at = begin;
      int read = 0;
      while (at < script.length() && script.charAt(at) != ';') {
        char operation = script.charAt(at++);
        if (operation == '+' && at < script.length()) {
          at += Character.charCount(script.codePointAt(at));
        } else if (operation == '-' || operation == '>') {
          read++;
        } else {
          throw invalid(script, "unknown operation '" + operation + "'");
        }
      }
      return new Edit(script.substring(begin, at), read);
    }

    /** Appends what the operations make of the characters that begin at an index. */
    void apply(int[] form, int begin, StringBuilder out) {
      int next = begin;
      for (int at = 0; at < operations.length(); at++) {
        switch (operations.charAt(at)) {
          case '-' -> next++;
          case '>' -> out.appendCodePoint(form[next++]);
          default -> {
            int inserted = operations.codePointAt(at + 1);
            out.appendCodePoint(inserted);
            at += Character.charCount(inserted);
          }
        }
      }
    }

    /** Returns the fewest operations from one stretch to the other. */
    static Edit between(int[] form, int[] lemma) {
      int[][] cost = new int[form.length + 1][lemma.length + 1];
      for (int i = form.length; i >= 0; i--) {
        for (int j = lemma.length; j >= 0; j--) {
          if (i == form.length || j == lemma.length) {
            cost[i][j] = form.length - i + lemma.length - j;
          } else if (form[i] == lemma[j]) {
            cost[i][j] = cost[i + 1][j + 1];
          } else {
            cost[i][j] = 1 + Math.min(cost[i + 1][j], cost[i][j + 1]);
          }
        }
      }
      StringBuilder operations = new StringBuilder();
      int i = 0;
      int j = 0;
      while (i < form.length || j < lemma.length) {
        if (i < form.length && j < lemma.length && form[i] == lemma[j]) {
          operations.append('>');
          i++;
          j++;
        } else if (i < form.length && cost[i][j] == 1 + cost[i + 1][j]) {
          operations.append('-');
          i++;
        } else {
          operations.append('+').appendCodePoint(lemma[j++]);
        }
      }
      return new Edit(operations.toString(), form.length);
    }

    /** Returns how many characters are deleted or inserted. */
    int cost() {
      int cost = 0;
      for (int at = 0; at < operations.length(); at++) {
        char operation = operations.charAt(at);
        cost += operation == '>' ? 0 : 1;
        at += operation == '+' ? Character.charCount(operations.codePointAt(at + 1)) : 0;
      }
      return cost;
    }
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
        Edit.between(
            Arrays.copyOf(form, formEnd - length), Arrays.copyOf(lemma, lemmaEnd - length)),
        Edit.between(
            Arrays.copyOfRange(form, formEnd, form.length),
            Arrays.copyOfRange(lemma, lemmaEnd, lemma.length)));
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

  /** Applies a casing. Characters are converted one by one, so that their number is the same. */
  private static String cased(String casing, String text) {
    if (casing.equals(KEPT)) {
      return text;
    }
    int[] characters = text.codePoints().toArray();
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
    Edit prefix = Edit.parse(script, first + 1);
    int second = first + 1 + prefix.operations.length();
    if (second == script.length()) {
      throw invalid(script, "no suffix");
    }
    Edit suffix = Edit.parse(script, second + 1);
    if (second + 1 + suffix.operations.length() < script.length()) {
      throw invalid(script, "more than a prefix and a suffix");
    }
    return new LemmaScript(casing, prefix, suffix);
  }

  private static IllegalArgumentException invalid(String script, String problem) {
    return new IllegalArgumentException("'" + script + "' is not a lemma script: " + problem);
  }

  /** Returns the lemma of a form, or empty if the form is too short for the script. */
  public Optional<String> apply(String form) {
    if (lemma != null) {
      return Optional.of(lemma);
    }
    if (casing.equals(LOWER) && text.length() == UNCHANGED && isPlain(form)) {
      return Optional.of(form);
    }
    int[] characters = (casing.equals(KEPT) ? form : cased(LOWER, form)).codePoints().toArray();
    int middle = characters.length - prefix.read - suffix.read;
    if (middle < 0) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder();
    prefix.apply(characters, 0, out);
    for (int i = 0; i < middle; i++) {
      out.appendCodePoint(characters[prefix.read + i]);
    }
    suffix.apply(characters, prefix.read + middle, out);
    return out.isEmpty() ? Optional.empty() : Optional.of(cased(casing, out.toString()));
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
