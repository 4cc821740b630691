package io.github.rnnotator.train.segmenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Puts tokens into a passage that its treebank seldom shows: abbreviations in their usual places,
 * numbers with units, quotations with their speaker, addresses, hashtags, exclamations and
 * emoticons.
 */
final class Insertions {
  private static final String[] TOP = {"com", "org", "net", "co.uk", "de", "io", "edu", "co.kr"};
  private static final String[] UNITS = {"%", "km", "kg", "cm", "GB", "mph", "m", "ft"};

  private static final String[] DOTS = {"...", "...", "....", "\u2026", "\u2026", "[...]"};

  private final WordLists lists;
  private final RandomGenerator random;

  Insertions(WordLists lists, RandomGenerator random) {
    this.lists = lists;
    this.random = random;
  }

  void apply(List<List<GoldToken>> passage) {
    for (List<GoldToken> sentence : passage) {
      if (random.nextFloat() < 0.3f) {
        abbreviation(sentence);
      }
      if (random.nextFloat() < 0.03f) {
        endWithNumberOrLetter(sentence);
      }
      if (random.nextFloat() < 0.06f) {
        address(sentence);
      }
      if (random.nextFloat() < 0.03f) {
        number(sentence);
      }
      if (random.nextFloat() < 0.03f) {
        dots(sentence);
      }
      if (random.nextFloat() < 0.04f) {
        endWithAbbreviation(sentence);
      }
      if (random.nextFloat() < 0.04f) {
        quotation(sentence);
      }
    }
    if (lists.has("interjection")) {
      exclamations(passage);
    }
    if (lists.has("emoticon") && random.nextFloat() < 0.12f) {
      emoticon(passage);
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
    if (Character.isDigit(token.form().codePointAt(0)) && lists.has("number")) {
      sentence.add(at, GoldToken.of(lists.any("number", random)));
    } else if (token.isCapitalized() && at > 0 && lists.has("title")) {
      name(sentence, at);
    } else if (token.isWord() && lists.has("inside")) {
      beforeWord(sentence, at);
    }
  }

  private void beforeWord(List<GoldToken> sentence, int at) {
    float choice = random.nextFloat();
    if (choice < 0.45f && lists.has("number")) {
      sentence.add(at, GoldToken.of(number(500)));
      sentence.add(at, GoldToken.of(lists.any("number", random)));
    } else if (choice < 0.6f && lists.has("unit")) {
      sentence.add(at, GoldToken.of(lists.any("unit", random)));
      sentence.add(at, GoldToken.of(number(500)));
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

  private String number(int most) {
    return String.valueOf(1 + random.nextInt(most));
  }

  /** A capitalized word within a sentence gets a title or initials before or a suffix after it. */
  private void name(List<GoldToken> sentence, int at) {
    float choice = random.nextFloat();
    if (choice < 0.3f) {
      sentence.add(at, GoldToken.of(lists.any("title", random)));
    } else if (choice < 0.4f) {
      sentence.add(at, GoldToken.of(lists.any("country", random)));
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
      String initial = letter() + ".";
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
      sentence.add(at, GoldToken.of(100 + number(800) + "-" + (1000 + random.nextInt(9000))));
      return;
    }
    sentence.add(at, GoldToken.touching("("));
    sentence.add(at + 1, GoldToken.touching(String.valueOf(year)));
    sentence.add(at + 2, GoldToken.touching(chance(0.5f) ? "-" : "\u2013"));
    sentence.add(at + 3, GoldToken.touching(String.valueOf(year + random.nextInt(90))));
    sentence.add(at + 4, GoldToken.of(")"));
  }

  /** The abbreviation's full stop is that of the sentence. */
  private void endWithAbbreviation(List<GoldToken> sentence) {
    int last = sentence.size() - 1;
    if (last < 2 || !lists.has("end") || !sentence.get(last).form().equals(".")) {
      return;
    }
    sentence.set(last - 1, sentence.get(last - 1).with(Gap.SPACE));
    sentence.set(last, sentence.get(last).with(lists.any("end", random)));
  }

  /**
   * A number after its abbreviation, or a letter that does not abbreviate a name, and the full
   * stop.
   */
  private void endWithNumberOrLetter(List<GoldToken> sentence) {
    int last = sentence.size() - 1;
    if (last < 2 || !lists.has("number") || !sentence.get(last).form().equals(".")) {
      return;
    }
    sentence.set(last - 1, sentence.get(last - 1).with(Gap.SPACE));
    // Initials are far more frequent.
    if (chance(0.15f)) {
      sentence.add(last, GoldToken.touching(letter()));
    } else {
      sentence.add(last, GoldToken.of(lists.any("number", random)));
      sentence.add(last + 1, GoldToken.touching(number(100)));
    }
  }

  private String letter() {
    return String.valueOf((char) ('A' + random.nextInt(26)));
  }

  private void address(List<GoldToken> sentence) {
    int at = random.nextInt(sentence.size());
    if (at > 0 && sentence.get(at - 1).gap() == Gap.NONE) {
      return;
    }
    String word = sentence.get(random.nextInt(sentence.size())).form().toLowerCase(Locale.ROOT);
    if (!word.codePoints().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))) {
      word = "example";
    }
    String top = TOP[random.nextInt(TOP.length)];
    String address =
        switch (random.nextInt(7)) {
          case 0 -> "www." + word + "." + top;
          case 1 -> "http://" + word + "." + top + "/" + random.nextInt(1000) + ".html";
          case 2 -> word + "@" + word + "." + top;
          case 3 -> word + "." + random.nextInt(100) + "@" + word + "." + top;
          case 4 -> word + "." + top;
          case 5 -> "#" + word;
          default -> "@" + word + (chance(0.5f) ? "_" + random.nextInt(100) : "");
        };
    boolean last = at == sentence.size() - 1;
    boolean stop = last && sentence.get(at).form().equals(".") && at > 0;
    if (stop) {
      sentence.set(at - 1, sentence.get(at - 1).with(Gap.SPACE));
    }
    String particle = lists.has("particle") && chance(0.5f) ? "에서" : "";
    sentence.add(at, new GoldToken(address + particle, false, stop ? Gap.NONE : Gap.SPACE));
  }

  private void number(List<GoldToken> sentence) {
    int at = random.nextInt(sentence.size());
    if (!sentence.get(at).isWord() || (at > 0 && sentence.get(at - 1).gap() == Gap.NONE)) {
      return;
    }
    String number = random.nextInt(1000) + "." + random.nextInt(100);
    if (lists.has("suffix")) {
      sentence.add(at, GoldToken.of(number + lists.any("suffix", random)));
    } else if (chance(0.3f)) {
      sentence.add(at, GoldToken.of(number));
      sentence.add(at, GoldToken.touching("$"));
    } else {
      sentence.add(at, GoldToken.of(UNITS[random.nextInt(UNITS.length)]));
      sentence.add(at, GoldToken.touching(number));
    }
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

  /**
   * Marks as in conversations, which treebanks of news seldom have: some full stops become others,
   * and a word is a sentence of its own.
   */
  private void exclamations(List<List<GoldToken>> passage) {
    for (List<GoldToken> sentence : passage) {
      int last = sentence.size() - 1;
      if (sentence.get(last).form().equals(".") && chance(0.05f)) {
        sentence.set(last, sentence.get(last).with(mark()));
      }
    }
    if (chance(0.12f)) {
      GoldToken word = GoldToken.touching(lists.any("interjection", random));
      GoldToken mark = GoldToken.of(chance(0.2f) ? "." : mark());
      passage.add(random.nextInt(passage.size() + 1), new ArrayList<>(List.of(word, mark)));
    }
  }

  private String mark() {
    return chance(0.6f) ? "!" : "?";
  }

  private void emoticon(List<List<GoldToken>> passage) {
    List<GoldToken> sentence = passage.get(random.nextInt(passage.size()));
    int last = sentence.size() - 1;
    GoldToken end = sentence.get(last);
    String emoticon = lists.any("emoticon", random);
    if (lists.has("particle") && chance(0.5f)) {
      // In Korean laughter begins a message, as a sentence of its own.
      passage.add(0, new ArrayList<>(List.of(GoldToken.of(emoticon))));
      return;
    }
    sentence.set(last, end.with(Gap.SPACE));
    sentence.add(new GoldToken(emoticon, false, end.gap()));
  }

  /** Makes a short sentence a quotation. */
  private void quotation(List<GoldToken> sentence) {
    int size = sentence.size();
    GoldToken end = sentence.get(size - 1);
    String mark = end.form();
    boolean ends = mark.equals(".") || mark.equals("!") || mark.equals("?");
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
