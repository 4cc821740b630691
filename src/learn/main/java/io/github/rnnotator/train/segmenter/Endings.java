package io.github.rnnotator.train.segmenter;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Varies how sentences end: with an abbreviation whose full stop is that of the sentence, with an
 * acronym, a number, an address or a word of code before it, with several marks, emoticons and
 * emoji.
 */
final class Endings {
  private static final String[] REPEATED = {"!!!", "!!!", "!!", "!!!!", "??", "???", "?!", "!!!!!"};

  private final WordLists lists;
  private final RandomGenerator random;
  private final Literals literals;

  Endings(WordLists lists, RandomGenerator random) {
    this.lists = lists;
    this.random = random;
    this.literals = new Literals(random);
  }

  void apply(List<List<GoldToken>> passage) {
    for (List<GoldToken> sentence : passage) {
      end(sentence, random.nextFloat());
    }
    if (lists.has("interjection")) {
      exclamations(passage);
    }
    if (lists.has("emoticon") && chance(0.4f)) {
      emoticon(passage);
    }
  }

  private boolean chance(float probability) {
    return random.nextFloat() < probability;
  }

  private void end(List<GoldToken> sentence, float choice) {
    int at = Place.beforeStop(sentence);
    if (at < 0) {
      return;
    }
    if (choice < 0.15f) {
      if (lists.has("end")) {
        abbreviation(sentence, at);
      }
    } else if (choice < 0.18f) {
      numberOrLetter(sentence, at);
    } else if (choice < 0.22f) {
      acronym(sentence, at);
    } else if (choice < 0.26f) {
      literal(sentence, at);
    } else if (choice < 0.28f) {
      Place.putAfter(sentence, at, literals.quoted(sentence.get(at).form()));
    } else if (choice < 0.31f && lists.has("slang")) {
      Place.putAfter(sentence, at, List.of(GoldToken.of(lists.any("slang", random))));
      end(sentence, sentence.get(sentence.size() - 1));
    }
  }

  /** Ends a sentence of a conversation: with several marks, or without any. */
  private void end(List<GoldToken> sentence, GoldToken stop) {
    if (chance(0.6f)) {
      sentence.set(sentence.size() - 1, stop.with(REPEATED[random.nextInt(REPEATED.length)]));
    } else if (chance(0.5f)) {
      dropStop(sentence);
    }
  }

  private static void dropStop(List<GoldToken> sentence) {
    int last = sentence.size() - 1;
    Gap gap = sentence.remove(last).gap();
    sentence.set(last - 1, sentence.get(last - 1).with(gap == Gap.NONE ? Gap.SPACE : gap));
  }

  /**
   * The abbreviation's full stop is that of the sentence. As in UD English-EWT it is a token then
   * ({@code etc .}), unless the abbreviation has another one ({@code U.S.}).
   */
  private void abbreviation(List<GoldToken> sentence, int at) {
    List<GoldToken> tokens = new ArrayList<>();
    if (lists.has("unit") && chance(0.25f)) {
      tokens.add(GoldToken.of(chance(0.3f) ? literals.time() : literals.number(12)));
      tokens.add(GoldToken.of(lists.any(chance(0.5f) ? "clock" : "unit", random)));
    } else if (sentence.get(at).isCapitalized() && lists.has("name") && chance(0.5f)) {
      tokens.add(GoldToken.of(lists.any("name", random)));
    } else {
      tokens.add(GoldToken.of(lists.any("end", random)));
    }
    Place.putAfter(sentence, at, tokens);
    int last = sentence.size() - 1;
    if (sentence.get(last).form().equals(".") && !chance(0.12f)) {
      String form = sentence.get(last - 1).form();
      if (form.endsWith(".") && form.indexOf('.') == form.length() - 1) {
        sentence.set(last - 1, GoldToken.touching(form.substring(0, form.length() - 1)));
      } else {
        dropStop(sentence);
      }
    } else {
      sentence.set(last, sentence.get(last).with(mark()));
    }
  }

  /**
   * A number after its abbreviation, or a letter that does not abbreviate a name, and the full
   * stop.
   */
  private void numberOrLetter(List<GoldToken> sentence, int at) {
    if (!lists.has("number")) {
      return;
    }
    // Initials are far more frequent.
    List<GoldToken> tokens =
        chance(0.15f)
            ? List.of(GoldToken.of(literals.letter()))
            : List.of(
                GoldToken.of(lists.any("number", random)), GoldToken.of(literals.number(100)));
    Place.putAfter(sentence, at, tokens);
  }

  /** Upper-case letters do not abbreviate a word with the full stop after them. */
  private void acronym(List<GoldToken> sentence, int at) {
    if (!lists.has("acronym")) {
      return;
    }
    List<GoldToken> tokens = new ArrayList<>();
    if (chance(0.4f)) {
      tokens.add(GoldToken.of(literals.time()));
      if (chance(0.7f)) {
        tokens.add(GoldToken.of(lists.any("clock", random)));
      }
    }
    String letters =
        literals.letter() + literals.letter() + (chance(0.5f) ? literals.letter() : "");
    tokens.add(GoldToken.of(chance(0.7f) ? lists.any("acronym", random) : letters));
    Place.putAfter(sentence, at, tokens);
  }

  private void literal(List<GoldToken> sentence, int at) {
    String word = sentence.get(random.nextInt(sentence.size())).form();
    Place.putAfter(sentence, at, List.of(GoldToken.of(literals.any(word))));
    if (chance(0.3f)) {
      dropStop(sentence);
    }
  }

  /**
   * Marks as in conversations, which treebanks of news seldom have: some full stops become others,
   * and a word is a sentence of its own.
   */
  private void exclamations(List<List<GoldToken>> passage) {
    for (List<GoldToken> sentence : passage) {
      int last = sentence.size() - 1;
      if (sentence.get(last).form().equals(".") && chance(0.07f)) {
        sentence.set(last, sentence.get(last).with(chance(0.3f) ? "..." : mark()));
      }
    }
    if (chance(0.12f)) {
      GoldToken word = GoldToken.touching(lists.any("interjection", random));
      GoldToken mark = GoldToken.of(chance(0.2f) ? "." : mark());
      passage.add(random.nextInt(passage.size() + 1), new ArrayList<>(List.of(word, mark)));
    }
  }

  private String mark() {
    if (chance(0.15f)) {
      return REPEATED[random.nextInt(REPEATED.length)];
    }
    return chance(0.6f) ? "!" : "?";
  }

  private void emoticon(List<List<GoldToken>> passage) {
    List<GoldToken> sentence = passage.get(random.nextInt(passage.size()));
    int last = sentence.size() - 1;
    GoldToken end = sentence.get(last);
    boolean emoji = lists.has("emoji") && chance(0.5f);
    String emoticon = lists.any(emoji ? "emoji" : "emoticon", random);
    if (!emoji && lists.has("particle") && chance(0.5f)) {
      // In Korean laughter begins a message, as a sentence of its own.
      passage.add(0, new ArrayList<>(List.of(GoldToken.of(emoticon))));
      return;
    }
    int at = Place.beforeStop(sentence);
    if (at >= 0 && chance(0.6f)) {
      Place.putAfter(sentence, at, List.of(GoldToken.of(emoticon)));
      if (emoji && chance(0.6f)) {
        sentence.set(sentence.size() - 1, end.with(REPEATED[random.nextInt(REPEATED.length)]));
      } else {
        dropStop(sentence);
      }
      return;
    }
    sentence.set(last, end.with(Gap.SPACE));
    sentence.add(new GoldToken(emoticon, false, end.gap()));
  }
}
