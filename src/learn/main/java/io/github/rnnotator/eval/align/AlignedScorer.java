package io.github.rnnotator.eval.align;

import io.github.rnnotator.eval.ConllTags;
import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.EvaluationReport.Aligned;
import io.github.rnnotator.eval.EvaluationReport.RawText;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.Percent;
import io.github.rnnotator.eval.PrecisionRecall;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.ResamplingUnits;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 *       nor is the predicted word that is aligned with it;
 *   <li>UFeats: as these, with universal features only ({@link
 *       io.github.rnnotator.text.UniversalFeatures});
 *   <li>Lemmas: as these, but a gold word without a lemma is right with any;
 *   <li>AllTags: UPOS, XPOS and universal features of a word are all right; if there are heads
 *       {@code upos}, {@code xpos} and one of features.
 *   <li>Heads judged by {@link Measure#F1}: their mentions, found where the same characters of the
 *       text are a mention of the same type ({@link MentionAligner}).
 * </ul>
 *
 * <p>Only unaligned text is kept in memory. Not thread-safe.
 */
public final class AlignedScorer {
  private static final int TOKENS = 0;
  private static final int SENTENCES = 1;
  private static final int WORDS = 2;

  /** Tokens, sentences and words; the heads follow. */
  private static final int METRICS = 3;

  /** The metrics of tags and mentions. */
  private final List<WordMetric> heads;

  /** The matcher of each head's mentions; empty for a head of tags. */
  private final List<Optional<MentionAligner>> mentions = new ArrayList<>();

  /** Of each metric of tags, the aligned words that have a gold tag. */
  private final long[] aligned;

  private final AlignedCounts counts;
  private final SpanMatcher tokens;
  private final SpanMatcher sentences;
  private final WordAligner words;
  private final SharedText text = new SharedText();

  /**
   * Creates a scorer of these heads.
   *
   * @param heads head name to measure, in the order of the report
   */
  public AlignedScorer(Map<String, Measure> heads) {
    this.heads = WordMetric.of(heads);
    this.aligned = new long[this.heads.size()];
    this.counts = new AlignedCounts(METRICS + this.heads.size());
    for (int head = 0; head < this.heads.size(); head++) {
      int metric = METRICS + head;
      mentions.add(
          this.heads.get(head).isOfMentions()
              ? Optional.of(
                  new MentionAligner(
                      character -> counts.add(character, metric, AlignedCounts.PREDICTED),
                      character -> counts.add(character, metric, AlignedCounts.CORRECT)))
              : Optional.empty());
    }
    this.tokens = matcher(TOKENS);
    this.sentences = matcher(SENTENCES);
    this.words = new WordAligner(this::align, this::pass);
  }

  private SpanMatcher matcher(int metric) {
    return new SpanMatcher(
        span -> counts.add(span.begin(), metric, AlignedCounts.CORRECT),
        span -> counts.add(span.begin(), metric, AlignedCounts.PREDICTED));
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
      boolean goldFirst = nextPredicted.isEmpty() || scorer.text.gold() <= scorer.text.predicted();
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
    List<WrittenUnit> units = WrittenUnit.of(sentence);
    if (units.isEmpty()) {
      return;
    }
    long begin = text.gold();
    long length = units.stream().mapToLong(unit -> unit.characters().length()).sum();
    counts.addSentence(begin + length);
    sentences.addGold(begin, begin + length);
    counts.add(begin, SENTENCES, AlignedCounts.GOLD);
    long[] begins = new long[sentence.size()];
    long[] ends = new long[begins.length];
    for (WrittenUnit unit : units) {
      long from = text.gold();
      if (!unit.characters().isEmpty()) {
        addGold(sentence, unit, begin);
      }
      Arrays.fill(begins, unit.token().words().begin(), unit.token().words().end(), from);
      Arrays.fill(ends, unit.token().words().begin(), unit.token().words().end(), text.gold());
    }
    for (int head = 0; head < heads.size(); head++) {
      MentionAligner aligner = mentions.get(head).orElse(null);
      if (aligner != null) {
        String name = heads.get(head).heads().get(0);
        TagSequence tags = WrittenUnit.tags(sentence, name);
        for (MentionAligner.Typed mention : typed(sentence, name, begins, ends)) {
          aligner.addGold(mention);
          counts.add(begin, METRICS + head, AlignedCounts.GOLD);
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

  private void addGold(TaggedSentence sentence, WrittenUnit unit, long begin)
      throws CorpusException {
    long from = text.gold();
    text.addGold(unit.characters(), place(sentence));
    tokens.addGold(from, text.gold());
    counts.add(begin, TOKENS, AlignedCounts.GOLD);
    for (WordAligner.Word word : unit.words(sentence, heads, from, text.gold())) {
      words.addGold(word);
      counts.add(begin, WORDS, AlignedCounts.GOLD);
      for (int head = 0; head < heads.size(); head++) {
        boolean isGold =
            heads.get(head).acceptsAll() || !TagSequence.isMissing(word.tags().get(head));
        if (mentions.get(head).isEmpty() && isGold) {
          counts.add(begin, METRICS + head, AlignedCounts.GOLD);
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
    List<WrittenUnit> units = WrittenUnit.of(sentence);
    if (units.isEmpty()) {
      return;
    }
    long begin = text.predicted();
    long[] begins = new long[sentence.size()];
    long[] ends = new long[begins.length];
    for (WrittenUnit unit : units) {
      long from = text.predicted();
      if (!unit.characters().isEmpty()) {
        text.addPredicted(unit.characters(), place(sentence));
        tokens.addPredicted(from, text.predicted());
        unit.words(sentence, heads, from, text.predicted()).forEach(words::addPredicted);
      }
      Arrays.fill(begins, unit.token().words().begin(), unit.token().words().end(), from);
      Arrays.fill(ends, unit.token().words().begin(), unit.token().words().end(), text.predicted());
    }
    for (int head = 0; head < heads.size(); head++) {
      MentionAligner aligner = mentions.get(head).orElse(null);
      if (aligner != null) {
        typed(sentence, heads.get(head).heads().get(0), begins, ends)
            .forEach(aligner::addPredicted);
      }
    }
    sentences.addPredicted(begin, text.predicted());
    advance();
  }

  /**
   * Both sides have ended.
   *
   * @throws CorpusException if one has more text
   */
  void finish() throws CorpusException {
    text.finish();
    tokens.finish();
    sentences.finish();
    words.finish();
    mentions.forEach(aligner -> aligner.ifPresent(m -> m.advance(Long.MAX_VALUE)));
    counts.settle(Long.MAX_VALUE);
  }

  /**
   * Returns the scores of everything added.
   *
   * @param bootstrap draws gold sentences, each with all that begins in it
   */
  public RawText score(Bootstrap bootstrap) {
    List<Aligned> metrics = new ArrayList<>();
    List<String> names = List.of("Tokens", "Sentences", "Words");
    for (int i = 0; i < METRICS + heads.size(); i++) {
      boolean isHead = i >= METRICS;
      ResamplingUnits units = counts.units(i);
      long[] sums = units.sums();
      metrics.add(
          new Aligned(
              isHead ? heads.get(i - METRICS).name() : names.get(i),
              EvaluationReport.Rates.of(new PrecisionRecall(sums[0], sums[1], sums[2])),
              bootstrap.interval(units, s -> Percent.of(2 * s[2], s[0] + s[1])),
              isHead && mentions.get(i - METRICS).isEmpty()
                  ? Share.of(sums[2], aligned[i - METRICS])
                  : null));
    }
    return new RawText(metrics);
  }

  /** Returns the number of gold sentences. */
  public long sentences() {
    return counts.total(SENTENCES, AlignedCounts.GOLD);
  }

  /** Returns the number of gold words. */
  public long words() {
    return counts.total(WORDS, AlignedCounts.GOLD);
  }

  private void align(WordAligner.Word goldWord, WordAligner.Word predictedWord) {
    counts.add(goldWord.begin(), WORDS, AlignedCounts.CORRECT);
    for (int i = 0; i < heads.size(); i++) {
      if (mentions.get(i).isPresent()) {
        continue;
      }
      int metric = METRICS + i;
      boolean isMissing = TagSequence.isMissing(goldWord.tags().get(i));
      if (isMissing && !heads.get(i).acceptsAll()) {
        // It is passed as a predicted word, too, but there is nothing to find.
        counts.remove(predictedWord.begin(), metric, AlignedCounts.PREDICTED);
        continue;
      }
      aligned[i]++;
      if (isMissing || goldWord.tags().get(i).equals(predictedWord.tags().get(i))) {
        counts.add(goldWord.begin(), metric, AlignedCounts.CORRECT);
      }
    }
  }

  private void pass(WordAligner.Word predictedWord) {
    counts.add(predictedWord.begin(), WORDS, AlignedCounts.PREDICTED);
    for (int i = 0; i < heads.size(); i++) {
      if (mentions.get(i).isEmpty()) {
        counts.add(predictedWord.begin(), METRICS + i, AlignedCounts.PREDICTED);
      }
    }
  }

  /** Returns the mentions of a sentence by the characters of the text that they hold. */
  private static List<MentionAligner.Typed> typed(
      TaggedSentence sentence, String head, long[] begins, long[] ends) {
    List<Mention> mentions = ConllTags.mentions(WrittenUnit.tags(sentence, head).tags());
    return sentence.withSuffixes(head, mentions).stream()
        .map(
            m ->
                new MentionAligner.Typed(
                    begins[m.span().begin()],
                    ends[m.span().end() - 1]
                        - TextCharacters.of(m.tail(sentence.sentence())).length(),
                    m.type()))
        .filter(mention -> mention.begin() < mention.end())
        .toList();
  }

  private void advance() {
    tokens.advance();
    sentences.advance();
    words.advance();
    long both = text.both();
    long settled =
        Math.min(
            tokens.settledUntil(both),
            Math.min(sentences.settledUntil(both), words.settledUntil(both)));
    for (Optional<MentionAligner> aligner : mentions) {
      aligner.ifPresent(m -> m.advance(both));
      settled = Math.min(settled, aligner.map(m -> m.settledUntil(both)).orElse(both));
    }
    counts.settle(settled);
  }

  private static String place(TaggedSentence sentence) {
    Origin origin = sentence.origin();
    return origin.line() == 0 ? origin.file() : origin.file() + ":" + origin.line();
  }
}
