package io.github.rnnotator.train.segmenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Varies how a passage is written: its case, its line breaks, the full stops and the spaces between
 * its sentences. Each change is rare, and most passages get one or two.
 */
final class Layout {
  private final RandomGenerator random;
  private final Lines lines;

  Layout(WordLists lists, RandomGenerator random) {
    this.random = random;
    this.lines = new Lines(lists, random);
  }

  void apply(List<List<GoldToken>> passage) {
    letterCase(passage);
    for (int i = 0; i + 1 < passage.size(); i++) {
      sentenceEnd(passage.get(i), passage.get(i + 1));
    }
    joinParagraphs(passage);
    float choice = random.nextFloat();
    if (choice < 0.12f) {
      wrap(passage);
    } else if (choice < 0.18f) {
      beginWithin(passage.get(0));
    } else if (choice < 0.26f) {
      lines.list(passage, choice < 0.22f);
    } else if (choice < 0.33f) {
      lines.chat(passage);
    } else if (choice < 0.37f) {
      lines.headers(passage);
    } else if (choice < 0.41f) {
      lines.headings(passage);
    }
  }

  private void letterCase(List<List<GoldToken>> passage) {
    float choice = random.nextFloat();
    if (choice < 0.09f) {
      for (List<GoldToken> sentence : passage) {
        sentence.replaceAll(token -> token.with(token.form().toLowerCase(Locale.ROOT)));
      }
    } else if (choice < 0.12f) {
      for (List<GoldToken> sentence : passage) {
        sentence.replaceAll(token -> token.with(token.form().toUpperCase(Locale.ROOT)));
      }
    }
  }

  /** Drops the full stop of a sentence, or the space after it. */
  private void sentenceEnd(List<GoldToken> sentence, List<GoldToken> next) {
    int last = sentence.size() - 1;
    GoldToken end = sentence.get(last);
    boolean stop = end.form().equals(".") || end.form().equals("!") || end.form().equals("?");
    if (!stop || end.gap() == Gap.PARAGRAPH || !next.get(0).isWord()) {
      return;
    }
    float choice = random.nextFloat();
    // Without letter case only the words tell where a sentence without a full stop ends.
    boolean told = next.get(0).isCapitalized() || !next.get(0).hasCase();
    if (choice < 0.05f) {
      sentence.set(last, end.with(Gap.NONE));
    } else if (choice < 0.1f && last > 0 && told) {
      sentence.remove(last);
      sentence.set(last - 1, sentence.get(last - 1).with(end.gap()));
    }
  }

  /** Puts a line break where a paragraph ended: after headings, list items and mail headers. */
  private void joinParagraphs(List<List<GoldToken>> passage) {
    if (random.nextFloat() < 0.5f) {
      return;
    }
    for (List<GoldToken> sentence : passage) {
      int last = sentence.size() - 1;
      if (sentence.get(last).gap() == Gap.PARAGRAPH) {
        sentence.set(last, sentence.get(last).with(Gap.LINE));
      }
    }
  }

  /** Breaks lines at a width, as mail programs do, or as narrow columns and telephones. */
  private void wrap(List<List<GoldToken>> passage) {
    int width = random.nextFloat() < 0.35f ? 26 + random.nextInt(30) : 56 + random.nextInt(36);
    int column = 0;
    for (List<GoldToken> sentence : passage) {
      for (int i = 0; i < sentence.size(); i++) {
        GoldToken token = sentence.get(i);
        column += token.form().length() + 1;
        if (token.gap() == Gap.LINE || token.gap() == Gap.PARAGRAPH) {
          column = 0;
        } else if (token.gap() == Gap.SPACE && column + 6 > width) {
          sentence.set(i, token.with(Gap.LINE));
          column = 0;
        }
      }
    }
  }

  /** Drops the beginning of the first sentence: a window may begin anywhere. */
  private void beginWithin(List<GoldToken> sentence) {
    int drop = random.nextInt(sentence.size());
    List<GoldToken> rest = new ArrayList<>(sentence.subList(drop, sentence.size()));
    sentence.clear();
    sentence.addAll(rest);
  }
}
