package io.github.rnnotator.data.survey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A recipe for texts with labels, or for pairs of texts. */
record LinesDraft(LinesSurvey survey) implements Draft {
  /** Fewer texts are a small corpus. */
  private static final int SMALL = 3000;

  /** More different ones are words, not symbols such as phonemes. */
  private static final int MOST_SYMBOLS = 300;

  private static final int LONGEST_SYMBOL = 4;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Punctuation after a blank, and at the end of a word. */
  private static final Pattern APART = Pattern.compile("\\s[.,!?](\\s|$)");

  private static final Pattern ATTACHED = Pattern.compile("\\p{L}[.,!?](\\s|$)");

  @Override
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s, %,d lines",
            survey.file(),
            survey.isPairs() ? "pairs of texts" : "labelled texts",
            survey.first().size()));
    if (survey.isPairs()) {
      lines.add("  column 1: sources, " + words(survey.first()));
      lines.add("  column 2: targets, " + words(survey.second()));
    } else {
      lines.add(
          "  column 1: " + survey.labels().size() + " labels: " + Draft.most(survey.labels()));
      lines.add(
          "  column 2: texts, "
              + words(survey.second())
              + (isTokenized() ? ", blanks between tokens" : ""));
    }
    if (survey.odd() > 0) {
      lines.add("  odd: line " + survey.odd() + " has not two columns; train will refuse it");
    }
    return lines;
  }

  private static String words(List<String> texts) {
    return String.format(Locale.ROOT, "%.1f words on average", LinesSurvey.words(texts));
  }

  private boolean isSmall() {
    return survey.first().size() < SMALL;
  }

  private boolean isTokenized() {
    return count(APART) > count(ATTACHED);
  }

  private long count(Pattern pattern) {
    return survey.second().stream().filter(text -> pattern.matcher(text).find()).count();
  }

  @Override
  public String yaml(Path recipe) {
    String rest = survey.isPairs() ? pairs() : labelled();
    return Draft.head(report(), recipe, survey.file(), "every tenth line") + rest;
  }

  private String labelled() {
    return """
        input:
          format: labelled
          columns: [label, text]           # from the left; _ is ignored
          heads: {label: label}            # head: the column it learns
          tokenized: %s                 # whether blanks separate all tokens
          language: %s

        embed:
          words: {dim: %d}                 # better with pretrained vectors: {dim: 100, vectors: glove.vec}
          characters: {kind: cnn, dim: 16, hidden: 32, width: 3}
          shape: true                      # capitals, digits and punctuation

        encoder: [{bidirectional: gru, hidden: %d}]

        heads:
          label: {kind: document, pooling: max}   # one label for the whole text

        train:
          rate: 0.002
          batch: %d                        # texts per step
          epochs: %d
          patience: 4                      # epochs without a better dev score before it stops; 0: never
          dropout: 0.33
          average: %s                    # moving average of the weights
          seed: 1
        """
        .formatted(
            isTokenized(),
            survey.language(),
            isSmall() ? 50 : 100,
            isSmall() ? 50 : 64,
            isSmall() ? 8 : 16,
            isSmall() ? 20 : 12,
            isSmall() ? "0.9" : "0.99");
  }

  private String pairs() {
    boolean symbols = areSymbols(survey.second());
    boolean words =
        LinesSurvey.words(survey.first()) < 1.5
            && (symbols || LinesSurvey.words(survey.second()) < 1.5);
    String source = symbols && survey.language().equals("ko") ? "letters" : "characters";
    return """
        input:
          format: pairs
          source: %s               # what a source is cut into: characters, letters (of Hangul syllables) or tokens
          target: %s               # what a target is cut into
          language: %s

        embed: {source: 64, target: 64}
        encoder: [{bidirectional: gru, hidden: %d}]
        decoder: {recurrent: gru, hidden: %d, attention: %s}
        search: {beam: 4, power: %d}
        measure: %s                     # the dev score that selects the epoch to keep

        train:
          rate: 0.002
          batch: %d                        # pairs per step
          epochs: %d
          patience: 6                      # epochs without a better dev score before it stops; 0: never
          dropout: 0.3
          clip: 5.0
          average: %s                   # moving average of the weights
          seed: 1
        """
        .formatted(
            source,
            symbols ? "tokens" : "characters",
            survey.language(),
            isSmall() ? 64 : 128,
            isSmall() ? 128 : 256,
            words ? "monotone" : "additive",
            words ? 0 : 1,
            words ? "exact" : "chrf",
            isSmall() ? 16 : 64,
            isSmall() ? 40 : 20,
            isSmall() ? "0.99" : "0.998");
  }

  /** Whether texts consist of few different short symbols between blanks, such as phonemes. */
  private static boolean areSymbols(List<String> texts) {
    Set<String> symbols = new HashSet<>();
    long all = 0;
    long length = 0;
    for (String text : texts) {
      for (String symbol : BLANKS.split(text.strip())) {
        symbols.add(symbol);
        all++;
        length += symbol.length();
      }
    }
    return all > 1.5 * texts.size()
        && symbols.size() <= Math.min(MOST_SYMBOLS, all / 4)
        && length <= LONGEST_SYMBOL * all;
  }
}
