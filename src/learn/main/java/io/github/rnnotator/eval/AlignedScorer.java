package io.github.rnnotator.eval;

import io.github.rnnotator.corpus.ConlluText;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.SentenceReader;
import io.github.rnnotator.eval.EvaluationReport.Aligned;
import io.github.rnnotator.eval.EvaluationReport.RawText;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scores a tagger on raw text: the two sides may split the text into different sentences, tokens
 * and words. The metrics are those of the CoNLL 2018 shared task (Zeman et al. 2018), whose script
 * gives the same numbers:
 *
 * <ul>
 *   <li>Tokens, Sentences: found where both sides have the same characters, ignoring white space
 *       and invisible ones;
 *   <li>Words: found where a gold and a predicted word are aligned ({@link WordAligner});
 *   <li>UPOS, XPOS, ...: found where the aligned words have the same tag; the aligned accuracy is
 *       the share of the aligned words with the same tag. A gold word without a tag is not counted,
 *       nor is the predicted word that is aligned with it.
 *   <li>Heads judged by {@link Measure#F1}: their mentions, found where the same characters of the
 *       text are a mention of the same type ({@link MentionAligner}).
 * </ul>
 *
 * <p>Only unaligned text is kept in memory. Not thread-safe.
 */
public final class AlignedScorer {
  private static final int TOKENS = 0;
  private static final int SENTENCES = 3;
  private static final int WORDS = 6;

  /** Gold, predicted and correct, for each metric. */
  private static final int COUNTS = 3;

  /** The number of characters that a message quotes. */
  private static final int EXCERPT = 20;

  private static final int GOLD = 0;
  private static final int PREDICTED = 1;
  private static final int CORRECT = 2;

  /** Tokens, sentences and words; the heads follow. */
  static final int METRICS = 3;

  private final List<String> heads;

  /** The matcher of each head's mentions; empty for a head of tags. */
  private final List<Optional<MentionAligner>> mentions = new ArrayList<>();

  /** Of each head of tags, the aligned words that have a gold tag. */
  private final long[] aligned;

  private final List<ResamplingUnits> units = new ArrayList<>();
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

    /** The characters at the end that the other side has not read yet. */
    private final StringBuilder ahead = new StringBuilder();

    private String place = "";
  }

  /**
   * A scorer of these heads.
   *
   * @param heads head name to measure, in the order of the report
   */
  public AlignedScorer(Map<String, Measure> heads) {
    this.heads = List.copyOf(heads.keySet());
    this.aligned = new long[heads.size()];
    this.totals = new long[COUNTS * (METRICS + heads.size())];
    for (int metric = 0; metric < METRICS + heads.size(); metric++) {
      units.add(new ResamplingUnits(COUNTS));
    }
    for (int head = 0; head < heads.size(); head++) {
      int column = COUNTS * (METRICS + head);
      mentions.add(
          heads.get(this.heads.get(head)) == Measure.F1
              ? Optional.of(
                  new MentionAligner(
                      character -> count(character, column + PREDICTED),
                      character -> count(character, column + CORRECT)))
              : Optional.empty());
    }
    this.tokens =
        new SpanMatcher(
            span -> count(span.begin(), TOKENS + CORRECT),
            span -> count(span.begin(), TOKENS + PREDICTED));
    this.sentences =
        new SpanMatcher(
            span -> count(span.begin(), SENTENCES + CORRECT),
            span -> count(span.begin(), SENTENCES + PREDICTED));
    this.words = new WordAligner(this::align, this::pass);
  }

  /**
   * Reads both sides to their ends and scores them.
   *
   * @return the scorer, for {@link #score}
   * @throws CorpusException if they are not the same text; it names the first place where they
   *     differ
   * @throws IOException if either can't be read
   */
  public static AlignedScorer of(
      Map<String, Measure> heads, SentenceReader gold, SentenceReader predicted)
      throws IOException {
    AlignedScorer scorer = new AlignedScorer(heads);
    Optional<TaggedSentence> nextGold = gold.read();
    Optional<TaggedSentence> nextPredicted = predicted.read();
    while (nextGold.isPresent() || nextPredicted.isPresent()) {
      // Read the shorter side first, so that little has to be kept.
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
  void addGold(TaggedSentence sentence) throws CorpusException {
    List<Piece> pieces = pieces(sentence);
    if (pieces.isEmpty()) {
      return;
    }
    long begin = gold.length;
    long length = pieces.stream().mapToLong(piece -> piece.characters().length()).sum();
    rows.put(begin + length, new int[totals.length]);
    sentences.addGold(begin, begin + length);
    count(begin, SENTENCES + GOLD);
    long[] begins = new long[sentence.size()];
    long[] ends = new long[begins.length];
    for (Piece piece : pieces) {
      long from = gold.length;
      if (!piece.characters().isEmpty()) {
        addGold(sentence, piece, begin);
      }
      Arrays.fill(begins, piece.unit().firstWord(), piece.unit().endWord(), from);
      Arrays.fill(ends, piece.unit().firstWord(), piece.unit().endWord(), gold.length);
    }
    for (int head = 0; head < heads.size(); head++) {
      MentionAligner aligner = mentions.get(head).orElse(null);
      if (aligner != null) {
        TagSequence tags = tags(sentence, heads.get(head));
        for (MentionAligner.Typed mention : typed(tags, begins, ends)) {
          aligner.addGold(mention);
          count(begin, COUNTS * (METRICS + head) + GOLD);
        }
        for (int i = 0; i < tags.size(); i++) {
          if (!tags.has(i) && begins[i] < ends[i]) {
            aligner.addUnlabelled(begins[i], ends[i]);
          }
        }
      }
    }
    advance();
  }

  private void addGold(TaggedSentence sentence, Piece piece, long begin) throws CorpusException {
    long from = gold.length;
    append(gold, predicted, piece.characters(), place(sentence));
    tokens.addGold(from, gold.length);
    count(begin, TOKENS + GOLD);
    for (WordAligner.Word word : words(sentence, piece, from, gold.length)) {
      words.addGold(word);
      count(begin, WORDS + GOLD);
      for (int head = 0; head < heads.size(); head++) {
        if (mentions.get(head).isEmpty() && !TagSequence.isMissing(word.tags().get(head))) {
          count(begin, COUNTS * (METRICS + head) + GOLD);
        }
      }
    }
  }

  /**
   * Adds the next predicted sentence.
   *
   * @throws CorpusException if its text is not that of the gold side
   */
  void addPredicted(TaggedSentence sentence) throws CorpusException {
    List<Piece> pieces = pieces(sentence);
    if (pieces.isEmpty()) {
      return;
    }
    long begin = predicted.length;
    long[] begins = new long[sentence.size()];
    long[] ends = new long[begins.length];
    for (Piece piece : pieces) {
      long from = predicted.length;
      if (!piece.characters().isEmpty()) {
        append(predicted, gold, piece.characters(), place(sentence));
        tokens.addPredicted(from, predicted.length);
        words(sentence, piece, from, predicted.length).forEach(words::addPredicted);
      }
      Arrays.fill(begins, piece.unit().firstWord(), piece.unit().endWord(), from);
      Arrays.fill(ends, piece.unit().firstWord(), piece.unit().endWord(), predicted.length);
    }
    for (int head = 0; head < heads.size(); head++) {
      MentionAligner aligner = mentions.get(head).orElse(null);
      if (aligner != null) {
        typed(tags(sentence, heads.get(head)), begins, ends).forEach(aligner::addPredicted);
      }
    }
    sentences.addPredicted(begin, predicted.length);
    advance();
  }

  /** A written unit and its characters; none where it is white space or invisible. */
  private record Piece(ConlluText.Unit unit, String characters) {}

  /** The units of a sentence; none where all are white space or invisible. */
  private static List<Piece> pieces(TaggedSentence sentence) {
    List<Piece> pieces =
        ConlluText.units(sentence).stream()
            .map(unit -> new Piece(unit, TextCharacters.of(unit.form())))
            .toList();
    return pieces.stream().allMatch(piece -> piece.characters().isEmpty()) ? List.of() : pieces;
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
    mentions.forEach(aligner -> aligner.ifPresent(m -> m.advance(Long.MAX_VALUE)));
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
              isHead && mentions.get(i - METRICS).isEmpty()
                  ? Share.of(sums[2], aligned[i - METRICS])
                  : null));
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
      if (mentions.get(i).isPresent()) {
        continue;
      }
      int column = COUNTS * (METRICS + i);
      if (TagSequence.isMissing(goldWord.tags().get(i))) {
        // It is passed as a predicted word, too, but there is nothing to find.
        uncount(predictedWord.begin(), column + PREDICTED);
        continue;
      }
      aligned[i]++;
      if (goldWord.tags().get(i).equals(predictedWord.tags().get(i))) {
        count(goldWord.begin(), column + CORRECT);
      }
    }
  }

  private void pass(WordAligner.Word predictedWord) {
    count(predictedWord.begin(), WORDS + PREDICTED);
    for (int i = 0; i < heads.size(); i++) {
      if (mentions.get(i).isEmpty()) {
        count(predictedWord.begin(), COUNTS * (METRICS + i) + PREDICTED);
      }
    }
  }

  private static TagSequence tags(TaggedSentence sentence, String head) {
    TagSequence found = sentence.tags().get(head);
    return found == null ? TagSequence.missing(sentence.size()) : found;
  }

  /** The mentions of a sentence by the characters of the text that they hold. */
  private static List<MentionAligner.Typed> typed(TagSequence tags, long[] begins, long[] ends) {
    return ConllTags.mentions(tags.tags()).stream()
        .map(
            m ->
                new MentionAligner.Typed(
                    begins[m.span().begin()], ends[m.span().end() - 1], m.type()))
        .filter(mention -> mention.begin() < mention.end())
        .toList();
  }

  private List<WordAligner.Word> words(TaggedSentence sentence, Piece piece, long begin, long end) {
    ConlluText.Unit unit = piece.unit();
    List<WordAligner.Word> made = new ArrayList<>();
    boolean multiword = unit.isMultiword();
    for (int i = unit.firstWord(); i < unit.endWord(); i++) {
      List<String> tags = new ArrayList<>();
      for (String head : heads) {
        tags.add(tags(sentence, head).tag(i));
      }
      String form = multiword ? LookupForm.of(sentence.sentence().form(i)) : piece.characters();
      made.add(new WordAligner.Word(begin, end, multiword, form.toLowerCase(Locale.ROOT), tags));
    }
    return made;
  }

  /** Counts something in the gold sentence that holds this character. */
  private void count(long character, int column) {
    count(character, column, 1);
  }

  private void uncount(long character, int column) {
    count(character, column, -1);
  }

  private void count(long character, int column, int times) {
    totals[column] += times;
    Map.Entry<Long, int[]> row = rows.higherEntry(character);
    if (row == null) {
      throw new IllegalStateException("no gold sentence at character " + character);
    }
    row.getValue()[column] += times;
  }

  private void advance() {
    tokens.advance();
    sentences.advance();
    words.advance();
    long both = Math.min(gold.length, predicted.length);
    long settled =
        Math.min(
            tokens.settledUntil(both),
            Math.min(sentences.settledUntil(both), words.settledUntil(both)));
    for (Optional<MentionAligner> aligner : mentions) {
      aligner.ifPresent(m -> m.advance(both));
      settled = Math.min(settled, aligner.map(m -> m.settledUntil(both)).orElse(both));
    }
    flush(settled);
  }

  private void flush(long settled) {
    NavigableMap<Long, int[]> done = rows.headMap(settled, true);
    done.values().forEach(this::addUnits);
    done.clear();
  }

  private void addUnits(int[] counts) {
    for (int i = 0; i < units.size(); i++) {
      int from = i * COUNTS;
      units.get(i).add(counts[from + GOLD], counts[from + PREDICTED], counts[from + CORRECT]);
    }
  }

  private static String place(TaggedSentence sentence) {
    Origin origin = sentence.origin();
    return origin.line() == 0 ? origin.file() : origin.file() + ":" + origin.line();
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
        "the text continues with "
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
