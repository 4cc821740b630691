package io.github.rnnotator.tagger.transducer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.stream.Collectors;

/** What a text is cut into: the symbols that a transducer reads or writes. */
public enum Unit {
  /** Each character (code point), blanks too. */
  CHARACTERS {
    @Override
    public List<String> split(String text) {
      return text.codePoints().mapToObj(Character::toString).collect(Collectors.toList());
    }

    @Override
    public String join(List<String> symbols) {
      return String.join("", symbols);
    }
  },
  /**
   * Each letter of the canonical decomposition (NFD): Hangul syllables become their letters, é an e
   * and an accent. Joined, they are composed again (NFC).
   */
  LETTERS {
    @Override
    public List<String> split(String text) {
      return CHARACTERS.split(Normalizer.normalize(text, Normalizer.Form.NFD));
    }

    @Override
    public String join(List<String> symbols) {
      return Normalizer.normalize(String.join("", symbols), Normalizer.Form.NFC);
    }
  },
  /** What is between blanks: words, or phonemes. Joined with one blank. */
  TOKENS {
    @Override
    public List<String> split(String text) {
      StringTokenizer tokens = new StringTokenizer(text);
      List<String> split = new ArrayList<>();
      while (tokens.hasMoreTokens()) {
        split.add(tokens.nextToken());
      }
      return split;
    }

    @Override
    public String join(List<String> symbols) {
      return String.join(" ", symbols);
    }
  };

  /** Cuts a text into symbols. */
  public abstract List<String> split(String text);

  /** Joins symbols to a text; those of {@link #split} give the text up to its normal form. */
  public abstract String join(List<String> symbols);
}
