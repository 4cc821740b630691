package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Edits of one end of a word, character by character. Syllables of Hangul change in parts, so that
 * {@code 갔다} and {@code 샀다} have the same edits to {@code 가+았+다} and {@code 사+았+다}.
 *
 * <pre>
 *   &gt;    keeps a character
 *   -    deletes one
 *   +x   inserts x
 *   &lt;    keeps a syllable without its final consonant: 갔 becomes 가
 *   ^x   keeps a syllable with the final consonant of x: 추 and 읍 become 춥
 *   ~x   keeps the initial consonant of a syllable, the rest is that of x: 했 and 아 become 하
 * </pre>
 *
 * @param operations the operations, in the order of the word
 * @param read how many characters of the word they read
 */
record LemmaEdit(String operations, int read) {
  /** No operation. */
  static final LemmaEdit NONE = new LemmaEdit("", 0);

  /** The syllables in {@code ^x} begin so, that is 으 with a final consonant. */
  private static final int PLAIN = '으';

  private static final char KEEP = '>';
  private static final char DELETE = '-';
  private static final char INSERT = '+';
  private static final char OPEN = '<';
  private static final char FINAL = '^';
  private static final char RIME = '~';

  /** The cost of a deletion or insertion. Changes of a syllable are cheaper than both together. */
  private static final int WHOLE = 4;

  /**
   * Reads the operations that begin at an index of a script.
   *
   * @throws IllegalArgumentException if one of them is unknown
   */
  static LemmaEdit parse(String script, int begin) {
    int at = begin;
    int read = 0;
    while (at < script.length() && script.charAt(at) != ';') {
      char operation = script.charAt(at++);
      boolean known =
          switch (operation) {
            case KEEP, DELETE, OPEN -> true;
            case INSERT -> at < script.length();
            case FINAL, RIME -> at < script.length() && HangulSyllable.is(script.charAt(at));
            default -> false;
          };
      if (!known) {
        throw LemmaScript.invalid(script, "unknown operation '" + operation + "'");
      }
      at += argument(script, at - 1);
      read += operation == INSERT ? 0 : 1;
    }
    return new LemmaEdit(script.substring(begin, at), read);
  }

  /** Returns the length of the argument of the operation at an index. */
  private static int argument(String operations, int at) {
    return switch (operations.charAt(at)) {
      case INSERT, FINAL, RIME -> Character.charCount(operations.codePointAt(at + 1));
      default -> 0;
    };
  }

  /** Returns each operation with its argument. */
  List<String> split() {
    List<String> split = new ArrayList<>();
    for (int at = 0; at < operations.length(); ) {
      int end = at + 1 + argument(operations, at);
      split.add(operations.substring(at, end));
      at = end;
    }
    return split;
  }

  /**
   * Appends what the operations make of the characters that begin at an index.
   *
   * @return false if a syllable does not fit its operation
   */
  boolean apply(int[] form, int begin, StringBuilder out) {
    int next = begin;
    for (int at = 0; at < operations.length(); at++) {
      char operation = operations.charAt(at);
      if (operation == DELETE) {
        next++;
        continue;
      }
      int argument = argument(operations, at) == 0 ? 0 : operations.codePointAt(at + 1);
      int result = operation == INSERT ? argument : changed(operation, form[next++], argument);
      if (result < 0) {
        return false;
      }
      out.appendCodePoint(result);
      at += argument(operations, at);
    }
    return true;
  }

  /** Returns what an operation makes of a character; -1 if it does not fit. */
  private static int changed(char operation, int c, int argument) {
    if (operation == KEEP) {
      return c;
    }
    if (!HangulSyllable.is(c)) {
      return -1;
    }
    return switch (operation) {
      case OPEN -> HangulSyllable.hasFinal(c) ? HangulSyllable.open(c) : -1;
      case FINAL -> HangulSyllable.withFinalOf(c, argument);
      default -> HangulSyllable.withRimeOf(c, argument);
    };
  }

  /** Returns the operation that changes a character to another one, or an empty string. */
  private static String change(int from, int to) {
    if (from == to) {
      return String.valueOf(KEEP);
    }
    if (!HangulSyllable.is(from) || !HangulSyllable.is(to)) {
      return "";
    }
    if (HangulSyllable.open(from) == to) {
      return String.valueOf(OPEN);
    }
    if (HangulSyllable.open(from) == HangulSyllable.open(to)) {
      return FINAL + Character.toString(HangulSyllable.withFinalOf(PLAIN, to));
    }
    return HangulSyllable.withRimeOf(from, to) == to
        ? RIME + Character.toString(HangulSyllable.rime(to))
        : "";
  }

  /** Returns the cost of a change, less than that of a deletion and an insertion. */
  private static int cost(String change) {
    return switch (change.charAt(0)) {
      case KEEP -> 0;
      case OPEN -> WHOLE;
      case FINAL -> WHOLE + 1;
      default -> WHOLE + 2;
    };
  }

  /** Returns the cheapest operations from one stretch to the other. */
  static LemmaEdit between(int[] form, int[] lemma) {
    int[][] cost = costs(form, lemma);
    StringBuilder operations = new StringBuilder();
    int i = 0;
    int j = 0;
    while (i < form.length || j < lemma.length) {
      String change = i < form.length && j < lemma.length ? change(form[i], lemma[j]) : "";
      if (!change.isEmpty() && cost[i][j] == cost(change) + cost[i + 1][j + 1]) {
        operations.append(change);
        i++;
        j++;
      } else if (i < form.length && cost[i][j] == WHOLE + cost[i + 1][j]) {
        operations.append(DELETE);
        i++;
      } else {
        operations.append(INSERT).appendCodePoint(lemma[j++]);
      }
    }
    return new LemmaEdit(operations.toString(), form.length);
  }

  /** Returns the least cost from each rest of one stretch to each of the other. */
  private static int[][] costs(int[] form, int[] lemma) {
    int[][] cost = new int[form.length + 1][lemma.length + 1];
    for (int i = form.length; i >= 0; i--) {
      for (int j = lemma.length; j >= 0; j--) {
        if (i == form.length || j == lemma.length) {
          cost[i][j] = WHOLE * (form.length - i + lemma.length - j);
          continue;
        }
        cost[i][j] = WHOLE + Math.min(cost[i + 1][j], cost[i][j + 1]);
        String change = change(form[i], lemma[j]);
        if (!change.isEmpty()) {
          cost[i][j] = Math.min(cost[i][j], cost(change) + cost[i + 1][j + 1]);
        }
      }
    }
    return cost;
  }

  /** Whether a character is kept, in whole or in part. */
  boolean keeps() {
    for (int at = 0; at < operations.length(); at += 1 + argument(operations, at)) {
      if (operations.charAt(at) != DELETE && operations.charAt(at) != INSERT) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many characters are deleted, inserted or changed. */
  int cost() {
    int cost = 0;
    for (int at = 0; at < operations.length(); at += 1 + argument(operations, at)) {
      cost += operations.charAt(at) == KEEP ? 0 : 1;
    }
    return cost;
  }
}
