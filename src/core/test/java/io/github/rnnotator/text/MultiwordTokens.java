package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Shared by the tests of multiword tokens: random texts with their sentences. */
final class MultiwordTokens {
  /** Tokens as written, each with the words that it stands for. */
  private static final List<List<String>> SURFACES =
      List.of(
          List.of("da", "de", "a"),
          List.of("don't", "do", "n't"),
          List.of("dámelo", "da", "me", "lo"),
          List.of("gimme", "gim", "me"),
          List.of("👩‍🚀s", "👩‍🚀", "s"),
          List.of("casa", "casa"),
          List.of("😀", "😀"),
          List.of(".", "."));

  private MultiwordTokens() {}

  /** A text of one to four sentences; adjacent tokens may touch. */
  static Document document(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    List<TaggedSentence> sentences = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      sentences.add(TaggedSentence.untagged(sentence(random, text)));
    }
    return Document.of(text.toString(), sentences);
  }

  /** Appends the text of a sentence, and returns the sentence. */
  static Sentence sentence(Random random, StringBuilder text) {
    List<Token> tokens = new ArrayList<>();
    List<MultiwordToken> multiwordTokens = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(" ".repeat(random.nextInt(3)));
      List<String> surface = SURFACES.get(random.nextInt(SURFACES.size()));
      String form = surface.get(0);
      List<Token> words =
          MultiwordToken.words(form, text.length(), surface.subList(1, surface.size()));
      if (words.size() > 1) {
        Span span = new Span(tokens.size(), tokens.size() + words.size());
        multiwordTokens.add(
            new MultiwordToken(form, span, text.length(), text.length() + form.length()));
      }
      tokens.addAll(words);
      text.append(form);
    }
    return new Sentence(tokens, multiwordTokens);
  }
}
