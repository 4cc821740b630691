package io.github.rnnotator.eval;

import io.github.rnnotator.corpus.ConlluText;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.corpus.SentenceReader;
import io.github.rnnotator.eval.EvaluationReport.Aligned;
import io.github.rnnotator.eval.EvaluationReport.RawText;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scores a tagger from raw text on: both sides may cut the same text into other sentences, tokens
 * and words. The metrics are those of the CoNLL 2018 shared task (Zeman et al. 2018), whose script
 * gives the same numbers:
 *
 * <ul>
 *   <li>Tokens, Sentences: found where the same characters of the text are one, white space and
 *       invisible characters left out;
 *   <li>Words: found where a gold and a predicted word are aligned ({@link WordAligner});
 *   <li>UPOS, XPOS, ...: found where the aligned words have the same tag; the aligned accuracy is
 *       the share of the aligned words for which that is so.
 * </ul>
 *
 * <p>Only what is not yet aligned is kept in memory. Not thread-safe.
 */
public final class AlignedScorer {
  private static final int TOKENS = 0;
  private static final int SENTENCES = 3;
  private static final int WORDS = 6;
  private static final int HEADS = 9;

  /** What stands in CoNLL-U where a sentence lacks a head; the script compares it as it is. */
  private static final String NO_TAG = "_";

  /** How much of a text a message quotes. */
  private static final int EXCERPT = 20;

  private static final int GOLD = 0;
  private static final int PREDICTED = 1;
  private static final int CORRECT = 2;

  /** Tokens, sentences and words; the heads follow. */
  private static final int METRICS = 3;

  private final List<String> heads;
  private final List<Units> units = new ArrayList<>();
  private final long[] totals;

  /** The counts of each gold sentence that is not yet settled, by the end of its characters. */
  private final NavigableMap<Long, int[]> rows = new TreeMap<>();

  private final SpanMatcher tokens;
  private final SpanMatcher sentences;
  private final WordAligner words;
  private final Text gold = new Text();
  private final Text predicted = new Text();

  /** The characters of one side. */
  private static final class Text {
    private long length;

    /** The characters at the end that the other side does not have yet. */
    private final StringBuilder ahead = new StringBuilder();

    private String place = "";
  }

  /** A scorer of these heads; where a sentence lacks one, its words have the tag {@code _}. */
  public AlignedScorer(List<String> heads) {
    this.heads = List.copyOf(heads);
    int width = HEADS + heads.size();
    this.totals = new long[width];
    for (int metric = 0; metric < METRICS + heads.size(); metric++) {
      units.add(new Units(3));
    }
    this.tokens =
        new SpanMatcher(
            span -> count(span.begin(), TOKENS + CORRECT),
            span -> count(span.begin(), TOKENS + PREDICTED));
    this.sentences =
        new SpanMatcher(
            span -> count(span.begin(), SENTENCES + CORRECT),
            span -> count(span.begin(), SENTENCES + PREDICTED));
    this.words = new WordAligner(this::align, word -> count(word.begin(), WORDS + PREDICTED));
  }

  /**
   * Reads both sides to their ends and scores them.
   *
   * @return the scorer, for {@link #score}
   * @throws CorpusException if they are not the same text; it names the first place where they part
   * @throws IOException if either can't be read
   */
  public static AlignedScorer of(List<String> heads, SentenceReader gold, SentenceReader predicted)
      throws IOException {
    AlignedScorer scorer = new AlignedScorer(heads);
    Optional<CorpusSentence> nextGold = gold.read();
    Optional<CorpusSentence> nextPredicted = predicted.read();
    while (nextGold.isPresent() || nextPredicted.isPresent()) {
      // The side that is behind goes first, so that little has to be kept.
      boolean goldFirst = nextPredicted.isEmpty() || scorer.gold.length <= scorer.predicted.length;
      if (nextGold.isPresent() && goldFirst) {
        scorer.addGold(nextGold.get());
        nextGold = gold.read();
      } else if (nextPredicted.isPresent()) {
        scorer.addPredicted(nextPredicted.get());
        nextPredicted = predicted.read();
      }
    }
    scorer.finish();
    return scorer;
  }

  /**
   * Adds the next gold sentence.
   *
   * @throws CorpusException if its text is not that of the predicted side
   */
  void addGold(CorpusSentence sentence) throws CorpusException {
    List<Piece> pieces = pieces(sentence);
    if (pieces.isEmpty()) {
      return;
    }
    long begin = gold.length;
    long length = pieces.stream().mapToLong(piece -> piece.characters().length()).sum();
    rows.put(begin + length, new int[totals.length]);
    sentences.addGold(begin, begin + length);
    count(begin, SENTENCES + GOLD);
    for (Piece piece : pieces) {
      long from = gold.length;
      append(gold, predicted, piece.characters(), place(sentence));
      tokens.addGold(from, gold.length);
      count(begin, TOKENS + GOLD);
      for (WordAligner.Word word : words(sentence.tagged(), piece, from, gold.length)) {
        words.addGold(word);
        count(begin, WORDS + GOLD);
      }
    }
    advance();
  }

  /**
   * Adds the next predicted sentence.
   *
   * @throws CorpusException if its text is not that of the gold side
   */
  void addPredicted(CorpusSentence sentence) throws CorpusException {
    List<Piece> pieces = pieces(sentence);
    if (pieces.isEmpty()) {
      return;
    }
    long begin = predicted.length;
    for (Piece piece : pieces) {
      long from = predicted.length;
      append(predicted, gold, piece.characters(), place(sentence));
      tokens.addPredicted(from, predicted.length);
      words(sentence.tagged(), piece, from, predicted.length).forEach(words::addPredicted);
    }
    sentences.addPredicted(begin, predicted.length);
    advance();
  }

  /** A written unit and its characters, at least one. */
  private record Piece(ConlluText.Unit unit, String characters) {}

  /** The units of a sentence; one of white space and invisible characters alone is left out. */
  private static List<Piece> pieces(CorpusSentence sentence) {
    return ConlluText.units(sentence).stream()
        .map(unit -> new Piece(unit, TextCharacters.of(unit.form())))
        .filter(piece -> !piece.characters().isEmpty())
        .toList();
  }

  /**
   * Both sides have ended.
   *
   * @throws CorpusException if one has more text
   */
  void finish() throws CorpusException {
    if (!gold.ahead.isEmpty() || !predicted.ahead.isEmpty()) {
      throw apart();
    }
    tokens.finish();
    sentences.finish();
    words.finish();
    flush(Long.MAX_VALUE);
  }

  /**
   * The scores of everything added.
   *
   * @param bootstrap draws gold sentences, each with all that begins in it
   */
  public RawText score(Bootstrap bootstrap) {
    List<Aligned> metrics = new ArrayList<>();
    List<String> names = List.of("Tokens", "Sentences", "Words");
    for (int i = 0; i < units.size(); i++) {
      boolean isHead = i >= METRICS;
      long[] sums = units.get(i).sums();
      metrics.add(
          new Aligned(
              isHead ? heads.get(i - METRICS).toUpperCase(Locale.ROOT) : names.get(i),
              EvaluationReport.Rates.of(new PrecisionRecall(sums[0], sums[1], sums[2])),
              bootstrap.interval(units.get(i), s -> Percent.of(2 * s[2], s[0] + s[1])),
              isHead ? Share.of(sums[2], totals[WORDS + CORRECT]) : null));
    }
    return new RawText(metrics);
  }

  /** The number of gold sentences. */
  public long sentences() {
    return totals[SENTENCES + GOLD];
  }

  /** The number of gold words. */
  public long words() {
    return totals[WORDS + GOLD];
  }

  private void align(WordAligner.Word goldWord, WordAligner.Word predictedWord) {
    count(goldWord.begin(), WORDS + CORRECT);
    for (int i = 0; i < heads.size(); i++) {
      if (goldWord.tags().get(i).equals(predictedWord.tags().get(i))) {
        count(goldWord.begin(), HEADS + i);
      }
    }
  }

  private List<WordAligner.Word> words(TaggedSentence sentence, Piece piece, long begin, long end) {
    ConlluText.Unit unit = piece.unit();
    List<WordAligner.Word> made = new ArrayList<>();
    boolean multiword = unit.isMultiword();
    for (int i = unit.firstWord(); i < unit.endWord(); i++) {
      List<String> tags = new ArrayList<>();
      for (String head : heads) {
        TagSequence found = sentence.tags().get(head);
        tags.add(found == null ? NO_TAG : found.tag(i));
      }
      String form = multiword ? LookupForm.of(sentence.sentence().form(i)) : piece.characters();
      made.add(new WordAligner.Word(begin, end, multiword, form.toLowerCase(Locale.ROOT), tags));
    }
    return made;
  }

  /** Counts something in the gold sentence that holds this character. */
  private void count(long character, int column) {
    totals[column]++;
    Map.Entry<Long, int[]> row = rows.higherEntry(character);
    if (row == null) {
      throw new IllegalStateException("no gold sentence at character " + character);
    }
    row.getValue()[column]++;
  }

  private void advance() {
    tokens.advance();
    sentences.advance();
    words.advance();
    long both = Math.min(gold.length, predicted.length);
    flush(
        Math.min(
            tokens.settledUntil(both),
            Math.min(sentences.settledUntil(both), words.settledUntil(both))));
  }

  private void flush(long settled) {
    NavigableMap<Long, int[]> done = rows.headMap(settled, true);
    done.values().forEach(this::addUnits);
    done.clear();
  }

  private void addUnits(int[] counts) {
    for (int i = 0; i < units.size(); i++) {
      int whole = Math.min(i * METRICS, WORDS);
      int correct = i < METRICS ? whole + CORRECT : HEADS + i - METRICS;
      units.get(i).add(counts[whole + GOLD], counts[whole + PREDICTED], counts[correct]);
    }
  }

  private static String place(CorpusSentence sentence) {
    return sentence.line() == 0 ? sentence.source() : sentence.source() + ":" + sentence.line();
  }

  private void append(Text side, Text other, String characters, String place)
      throws CorpusException {
    side.place = place;
    side.length += characters.length();
    int both = Math.min(other.ahead.length(), characters.length());
    side.ahead.append(characters, both, characters.length());
    if (!characters.startsWith(other.ahead.substring(0, both))) {
      int same = 0;
      while (characters.charAt(same) == other.ahead.charAt(same)) {
        same++;
      }
      side.ahead.insert(0, characters.substring(same, both));
      other.ahead.delete(0, same);
      throw apart();
    }
    other.ahead.delete(0, both);
  }

  private CorpusException apart() {
    return new CorpusException(
        gold.place.isEmpty() ? "gold" : gold.place,
        "the text goes on with "
            + beginning(gold)
            + ", but that of "
            + (predicted.place.isEmpty() ? "the predicted side" : predicted.place)
            + " with "
            + beginning(predicted)
            + "; both must have the same characters, white space aside");
  }

  private static String beginning(Text text) {
    return text.ahead.isEmpty()
        ? "nothing"
        : "'"
            + TextCharacters.readable(
                text.ahead.substring(0, Math.min(EXCERPT, text.ahead.length())))
            + "'";
  }
}
