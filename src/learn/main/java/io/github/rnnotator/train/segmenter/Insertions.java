package io.github.rnnotator.train.segmenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Puts tokens into a passage that its treebank seldom shows: abbreviations in their usual places,
 * numbers with units, quotations with their speaker, addresses, names of files and users, dates.
 */
final class Insertions {
  private static final String[] UNITS = {"%", "km", "kg", "cm", "GB", "mph", "m", "ft"};

  private static final String[] DOTS = {"...", "...", "....", "\u2026", "\u2026", "[...]"};

  private final WordLists lists;
  private final RandomGenerator random;
  private final Literals literals;

  Insertions(WordLists lists, RandomGenerator random) {
    this.lists = lists;
    this.random = random;
    this.literals = new Literals(random);
  }

  void apply(List<List<GoldToken>> passage) {
    for (List<GoldToken> sentence : passage) {
      if (random.nextFloat() < 0.3f) {
        abbreviation(sentence);
      }
      if (random.nextFloat() < 0.08f) {
        literal(sentence);
      }
      if (random.nextFloat() < 0.02f) {
        beforeMark(sentence);
      }
      if (random.nextFloat() < 0.03f) {
        number(sentence);
      }
      if (random.nextFloat() < 0.03f) {
        dots(sentence);
      }
      if (random.nextFloat() < 0.04f) {
        quotation(sentence);
      }
    }
  }

  private boolean chance(float probability) {
    return random.nextFloat() < probability;
  }

  private void abbreviation(List<GoldToken> sentence) {
    int at = random.nextInt(sentence.size());
    GoldToken token = sentence.get(at);
    if (at > 0 && sentence.get(at - 1).gap() == Gap.NONE) {
      return;
    }
    if (at == 0 && token.isCapitalized()) {
      // A capitalized word after the abbreviation would be the first of a sentence.
      if (!token.isCapitalizedOnly()) {
        return;
      }
      token = token.with(token.form().toLowerCase(Locale.ROOT));
      sentence.set(at, token);
    }
    if (Character.isDigit(token.form().codePointAt(0)) && lists.has("number")) {
      sentence.add(at, GoldToken.of(lists.any("number", random)));
    } else if (token.isCapitalized() && isName(sentence, at) && lists.has("title")) {
      name(sentence, at);
    } else if (token.isWord() && !token.isCapitalized() && lists.has("inside")) {
      beforeWord(sentence, at);
    }
  }

  /** Whether a capitalized word is not capitalized for its place or for being "I". */
  private static boolean isName(List<GoldToken> sentence, int at) {
    return sentence.get(at).form().length() > 1 && sentence.get(at - 1).isWord();
  }

  private void beforeWord(List<GoldToken> sentence, int at) {
    float choice = random.nextFloat();
    if (choice < 0.45f && lists.has("number")) {
      sentence.add(at, GoldToken.of(literals.number(500)));
      sentence.add(at, GoldToken.of(lists.any("number", random)));
    } else if (choice < 0.6f && lists.has("unit")) {
      sentence.add(at, GoldToken.of(lists.any("unit", random)));
      sentence.add(at, GoldToken.of(literals.number(500)));
    } else if (choice < 0.65f && lists.has("mark")) {
      sentence.add(at, GoldToken.of(lists.any("mark", random)));
    } else if (choice < 0.7f || (choice < 0.85f && lists.has("particle"))) {
      sentence.add(at, GoldToken.touching("("));
      sentence.add(at + 1, GoldToken.touching(lists.any("inside", random)));
      sentence.add(at + 2, GoldToken.of(")"));
    } else {
      sentence.add(at, GoldToken.of(lists.any("inside", random)));
    }
  }

  /** A capitalized word within a sentence gets a title or initials before or a suffix after it. */
  private void name(List<GoldToken> sentence, int at) {
    float choice = random.nextFloat();
    if (choice < 0.3f) {
      sentence.add(at, GoldToken.of(lists.any("title", random)));
    } else if (choice < 0.4f) {
      sentence.add(at, GoldToken.of(lists.any("country", random)));
    } else if (choice < 0.48f) {
      sentence.add(at, GoldToken.of(lists.any("acronym", random)));
    } else if (choice < 0.75f) {
      initials(sentence, at);
    } else if (sentence.get(at).gap() == Gap.SPACE) {
      if (choice < 0.8f) {
        lifetime(sentence, at + 1);
      } else {
        sentence.add(at + 1, GoldToken.of(lists.any(choice < 0.93f ? "name" : "place", random)));
      }
    }
  }

  private void initials(List<GoldToken> sentence, int at) {
    int count = 1 + random.nextInt(2);
    boolean together = chance(0.3f);
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String initial = literals.letter() + ".";
      letters.append(initial);
      if (!together) {
        sentence.add(at, GoldToken.of(initial));
      }
    }
    if (together) {
      sentence.add(at, GoldToken.of(letters.toString()));
    }
  }

  /**
   * Years in parentheses, which are tokens of their own, unlike the parts of a telephone number.
   */
  private void lifetime(List<GoldToken> sentence, int at) {
    int year = 1500 + random.nextInt(500);
    if (chance(0.3f)) {
      sentence.add(
          at, GoldToken.of(100 + literals.number(800) + "-" + (1000 + random.nextInt(9000))));
      return;
    }
    sentence.add(at, GoldToken.touching("("));
    sentence.add(at + 1, GoldToken.touching(String.valueOf(year)));
    sentence.add(at + 2, GoldToken.touching(chance(0.5f) ? "-" : "\u2013"));
    sentence.add(at + 3, GoldToken.touching(String.valueOf(year + random.nextInt(90))));
    sentence.add(at + 4, GoldToken.of(")"));
  }

  /** An address, the name of a file and the like, between words or before a mark. */
  private void literal(List<GoldToken> sentence) {
    int at = Place.afterAnyWord(sentence, random);
    if (at < 0) {
      return;
    }
    String word = sentence.get(random.nextInt(sentence.size())).form();
    if (chance(0.1f)) {
      Place.putAfter(sentence, at, literals.quoted(word));
      return;
    }
    String suffix =
        lists.has("postposition") && chance(0.5f) ? lists.any("postposition", random) : "";
    Place.putAfter(sentence, at, List.of(GoldToken.of(literals.any(word) + suffix)));
  }

  /** An abbreviation before a comma or another mark, which is a token of its own. */
  private void beforeMark(List<GoldToken> sentence) {
    int at = Place.afterAnyWord(sentence, random);
    if (at >= 0
        && lists.has("end")
        && sentence.get(at).gap() == Gap.NONE
        && !sentence.get(at + 1).form().startsWith(".")) {
      Place.putAfter(sentence, at, List.of(GoldToken.of(lists.any("end", random))));
    }
  }

  private void number(List<GoldToken> sentence) {
    int at = random.nextInt(sentence.size());
    if (!sentence.get(at).isWord() || (at > 0 && sentence.get(at - 1).gap() == Gap.NONE)) {
      return;
    }
    String number = random.nextInt(1000) + "." + random.nextInt(100);
    if (lists.has("suffix")) {
      sentence.add(at, GoldToken.of(number + lists.any("suffix", random)));
    } else if (chance(0.25f)) {
      range(sentence, at);
    } else if (chance(0.3f)) {
      sentence.add(at, GoldToken.of(number));
      sentence.add(at, GoldToken.touching("$"));
    } else {
      sentence.add(at, GoldToken.of(UNITS[random.nextInt(UNITS.length)]));
      sentence.add(at, GoldToken.touching(number));
    }
  }

  /** Two numbers with a dash between them: three tokens, unlike those of a date. */
  private void range(List<GoldToken> sentence, int at) {
    int from = chance(0.4f) ? 1900 + random.nextInt(150) : random.nextInt(100);
    boolean parentheses = chance(0.4f);
    List<GoldToken> tokens = new ArrayList<>();
    if (parentheses) {
      tokens.add(GoldToken.touching("("));
    }
    tokens.add(GoldToken.touching(String.valueOf(from)));
    tokens.add(GoldToken.touching(chance(0.7f) ? "-" : "\u2013"));
    String to = String.valueOf(from + random.nextInt(50));
    tokens.add(parentheses ? GoldToken.touching(to) : GoldToken.of(to));
    if (parentheses) {
      tokens.add(GoldToken.of(")"));
    }
    sentence.addAll(at, tokens);
  }

  /** Three dots within a sentence, before a word in lower case. */
  private void dots(List<GoldToken> sentence) {
    int at = 1 + random.nextInt(sentence.size());
    if (at >= sentence.size()
        || !sentence.get(at).isWord()
        || sentence.get(at).isCapitalized()
        || !sentence.get(at - 1).isWord()
        || sentence.get(at - 1).gap() != Gap.SPACE) {
      return;
    }
    sentence.set(at - 1, sentence.get(at - 1).with(Gap.NONE));
    String dots = DOTS[random.nextInt(DOTS.length)];
    if (dots.startsWith("[")) {
      sentence.set(at - 1, sentence.get(at - 1).with(Gap.SPACE));
      sentence.add(at, GoldToken.touching("["));
      sentence.add(at + 1, GoldToken.touching("..."));
      sentence.add(at + 2, GoldToken.of("]"));
    } else {
      sentence.add(at, chance(0.3f) ? GoldToken.touching(dots) : GoldToken.of(dots));
    }
  }

  /** Makes a short sentence a quotation. */
  private void quotation(List<GoldToken> sentence) {
    int size = sentence.size();
    GoldToken end = sentence.get(size - 1);
    boolean ends = Place.isStop(sentence, size - 1);
    if (size > 20 || size < 2 || !ends || !lists.has("verb") || !sentence.get(0).isWord()) {
      return;
    }
    boolean curly = chance(0.4f);
    sentence.add(0, GoldToken.touching(curly ? "\u201C" : "\""));
    String close = curly ? "\u201D" : "\"";
    if (lists.has("particle")) {
      koreanQuotation(sentence, close, end);
    } else {
      englishQuotation(sentence, close, end);
    }
  }

  private void koreanQuotation(List<GoldToken> sentence, String close, GoldToken end) {
    int last = sentence.size() - 1;
    if (chance(0.4f)) {
      sentence.remove(last--);
    }
    sentence.set(last, sentence.get(last).with(Gap.NONE));
    boolean touching = chance(0.8f);
    sentence.add(touching ? GoldToken.touching(close) : GoldToken.of(close));
    sentence.add(GoldToken.of(lists.any("particle", random)));
    sentence.add(GoldToken.touching(lists.any("verb", random)));
    sentence.add(new GoldToken(".", false, end.gap()));
    if (chance(0.5f)) {
      sentence.add(0, GoldToken.of(lists.any("speaker", random)));
    }
  }

  private void englishQuotation(List<GoldToken> sentence, String close, GoldToken end) {
    int last = sentence.size() - 1;
    String mark = end.form().equals(".") ? "," : end.form();
    sentence.set(last, new GoldToken(mark, false, Gap.NONE));
    sentence.add(GoldToken.of(close));
    String speaker = lists.any("speaker", random).replace('_', ' ');
    String verb = lists.any("verb", random);
    boolean verbFirst = chance(0.5f);
    List<GoldToken> clause = new ArrayList<>();
    if (verbFirst) {
      clause.add(GoldToken.of(verb));
    }
    for (String word : speaker.split(" ")) {
      clause.add(GoldToken.of(word));
    }
    if (!verbFirst) {
      clause.add(GoldToken.of(verb));
    }
    clause.set(clause.size() - 1, clause.get(clause.size() - 1).with(Gap.NONE));
    clause.add(new GoldToken(".", false, end.gap()));
    sentence.addAll(clause);
  }
}
