package io.github.rnnotator.train.segmenter;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Passages to be varied. */
final class Drafts {
  private static final String[] FORMS = {
    "We", "house", "is", "big", "Anna", "12", "don't", ",", "(", ")", "NASA", "한국은", "갔다"
  };

  private Drafts() {}

  /** Returns sentences of words, marks and numbers, each with a stop. */
  static List<List<GoldToken>> any(RandomGenerator random) {
    List<List<GoldToken>> passage = new ArrayList<>();
    int sentences = 1 + random.nextInt(5);
    for (int i = 0; i < sentences; i++) {
      List<GoldToken> sentence = new ArrayList<>();
      int words = 1 + random.nextInt(10);
      for (int w = 0; w < words; w++) {
        sentence.add(GoldToken.of(FORMS[random.nextInt(FORMS.length)]));
      }
      sentence.add(GoldToken.touching("now"));
      Gap end = random.nextInt(4) == 0 ? Gap.PARAGRAPH : Gap.SPACE;
      sentence.add(new GoldToken(random.nextInt(4) == 0 ? "?" : ".", false, end));
      passage.add(sentence);
    }
    return passage;
  }

  /** Returns a copy that further changes leave as it is. */
  static List<List<GoldToken>> copy(List<List<GoldToken>> passage) {
    return passage.stream().map(List::copyOf).toList();
  }

  /** Returns the tokens that begin with a letter or a digit. */
  static List<String> words(List<List<GoldToken>> passage) {
    return passage.stream()
        .flatMap(List::stream)
        .map(GoldToken::form)
        .filter(form -> Character.isLetterOrDigit(form.codePointAt(0)))
        .toList();
  }
}
