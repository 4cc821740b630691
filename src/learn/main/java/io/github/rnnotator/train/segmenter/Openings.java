package io.github.rnnotator.train.segmenter;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Varies how sentences begin: with a name after its title or an acronym, with an address, a hashtag
 * or the name of a user, with slang.
 */
final class Openings {
  private final WordLists lists;
  private final RandomGenerator random;
  private final Literals literals;

  Openings(WordLists lists, RandomGenerator random) {
    this.lists = lists;
    this.random = random;
    this.literals = new Literals(random);
  }

  void apply(List<List<GoldToken>> passage) {
    for (List<GoldToken> sentence : passage) {
      float choice = random.nextFloat();
      GoldToken first = sentence.get(0);
      // Without letter case nothing would tell that the first word is one within a sentence.
      boolean told = first.hasCase() && (!first.isCapitalized() || first.isCapitalizedOnly());
      if (choice >= 0.03f || !told) {
        continue;
      }
      if (open(sentence, choice)) {
        int moved = sentence.indexOf(first);
        sentence.set(moved, first.with(first.form().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private boolean open(List<GoldToken> sentence, float choice) {
    if (choice < 0.012f) {
      sentence.add(0, GoldToken.of(literals.any(sentence.get(0).form())));
    } else if (choice < 0.022f) {
      if (!lists.has("title") || !lists.has("person")) {
        return false;
      }
      sentence.add(0, GoldToken.of(lists.any("person", random)));
      sentence.add(0, GoldToken.of(lists.any(random.nextBoolean() ? "title" : "acronym", random)));
    } else {
      if (!lists.has("slang")) {
        return false;
      }
      sentence.add(0, GoldToken.of(lists.any("slang", random)));
    }
    return true;
  }
}
