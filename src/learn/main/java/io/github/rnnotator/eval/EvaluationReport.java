package io.github.rnnotator.eval;

import io.github.rnnotator.eval.align.AlignedScorer;
import io.github.rnnotator.eval.calibration.Calibration;
import io.github.rnnotator.eval.calibration.FittedCalibration;
import io.github.rnnotator.eval.calibration.Temperature;
import io.github.rnnotator.eval.significance.Interval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an evaluation found, as plain figures: what {@code --json} writes and {@code
 * --html} shows, component by component, so that the two agree. {@code docs/evaluation-json.md}
 * describes it as JSON. Immutable.
 *
 * <p>Percentages run from 0 to 100, probabilities from 0 to 1; neither is rounded. A percentage of
 * nothing is 0. Unknown values are null.
 *
 * @param format the version of this tree: {@value #FORMAT}
 * @param gold the name of the gold file
 * @param predicted the name of the model, file or column that is judged
 * @param training the name of the training file, for words and mentions unseen in it; or null
 * @param sentences the gold sentences compared
 * @param tokens the gold tokens compared
 * @param heads what was predicted, head by head
 * @param rawText how raw text was cut into sentences and words and these were tagged, or null where
 *     gold tokens were tagged
 * @param learningCurve how training went, or null
 */
public record EvaluationReport(
    int format,
    String gold,
    String predicted,
    @Nullable String training,
    long sentences,
    long tokens,
    List<HeadReport> heads,
    @Nullable RawText rawText,
    @Nullable LearningCurve learningCurve) {
  /** The version of this tree. It increases when a component changes its meaning or is removed. */
  public static final int FORMAT = 1;

  /** Copies the list. */
  public EvaluationReport {
    heads = List.copyOf(heads);
  }

  /** Whether labels of whole texts were judged, each as one token ({@link WholeText}). */
  public boolean ofWholeTexts() {
    return !heads.isEmpty() && heads.stream().allMatch(HeadReport::ofWholeTexts);
  }

  /**
   * One head.
   *
   * @param name its name: {@code ner}
   * @param measure what it is judged by: {@code f1} or {@code accuracy}
   * @param goldScheme the scheme of its gold tags, or null if they are not chunk tags
   * @param predictedScheme the scheme of its predicted tags, or null likewise
   * @param headline the main scores, the one it is judged by first
   * @param tags how well single tags were found
   * @param chunks how well chunks were found, or null if the tags are not chunk tags
   * @param calibration the calibration of probabilities; empty if unknown
   * @param worstSentences the sentences with the most errors, the worst first
   */
  public record HeadReport(
      String name,
      String measure,
      @Nullable String goldScheme,
      @Nullable String predictedScheme,
      List<Score> headline,
      Tags tags,
      @Nullable ChunkResults chunks,
      List<Reliability> calibration,
      List<WorstSentence> worstSentences) {
    /** Copies the lists. */
    public HeadReport {
      headline = List.copyOf(headline);
      calibration = List.copyOf(calibration);
      worstSentences = List.copyOf(worstSentences);
    }

    /** Whether whole texts were judged, which have an accuracy but no score of sentences. */
    public boolean ofWholeTexts() {
      return headline.size() == 1 && chunks == null;
    }
  }

  /**
   * A score with its bootstrap interval.
   *
   * @param name {@code conlleval F1}, {@code accuracy}, ...
   * @param value a percentage
   * @param interval its confidence interval, in percent
   */
  public record Score(String name, double value, Interval interval) {}

  /**
   * How much of a whole is right.
   *
   * @param total the whole
   * @param correct the part that is right
   * @param accuracy the part as a percentage
   */
  public record Share(long total, long correct, double accuracy) {
    /** Returns the share of correct ones. */
    public static Share of(long correct, long total) {
      return new Share(total, correct, Percent.of(correct, total));
    }
  }

  /**
   * How well things were found.
   *
   * @param gold how many there are
   * @param predicted how many were predicted
   * @param correct how many of the predicted are right
   * @param precision {@code correct / predicted}, a percentage
   * @param recall {@code correct / gold}, a percentage
   * @param f1 their harmonic mean
   */
  public record Rates(
      long gold, long predicted, long correct, double precision, double recall, double f1) {
    /** Returns the rates of counts. */
    public static Rates of(PrecisionRecall counts) {
      return new Rates(
          counts.gold(),
          counts.predicted(),
          counts.correct(),
          counts.precision(),
          counts.recall(),
          counts.f1());
    }
  }

  /**
   * The rates of one tag, type, length or group.
   *
   * @param name which; empty for the type of tags without one
   * @param rates how well it was found
   */
  public record NamedRates(String name, Rates rates) {}

  /**
   * Single tags.
   *
   * @param tokens tokens whose tag is right
   * @param sentences sentences that are all right: their chunks where there are chunks, else their
   *     tags
   * @param unknownWords tokens whose form was not known, or null if that is unknown
   * @param byTag each tag, gold or predicted, the most frequent in gold first; its recall is the
   *     accuracy on the tokens that have it
   * @param confusion which tag was taken for which; of chunk tags, which type
   * @param mistakes the most frequent mistakes, of chunk tags in types
   */
  public record Tags(
      Share tokens,
      Share sentences,
      @Nullable Share unknownWords,
      List<NamedRates> byTag,
      ConfusionMatrix confusion,
      List<Confusion> mistakes) {
    /** Copies the lists. */
    public Tags {
      byTag = List.copyOf(byTag);
      mistakes = List.copyOf(mistakes);
    }
  }

  /**
   * Which label was taken for which, token by token.
   *
   * @param labels the labels, the most frequent first
   * @param others how many rarer labels the last row and column hold together; 0 without such a row
   *     and column
   * @param counts {@code [gold x predicted]}: tokens with this gold and this predicted label
   */
  public record ConfusionMatrix(List<String> labels, int others, List<List<Long>> counts) {
    /** Copies the lists and checks that the counts are a square. */
    public ConfusionMatrix {
      labels = List.copyOf(labels);
      counts = counts.stream().map(List::copyOf).toList();
      int size = labels.size() + (others > 0 ? 1 : 0);
      if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
        throw new IllegalArgumentException("counts that are not " + size + " x " + size);
      }
    }
  }

  /**
   * Chunks.
   *
   * @param conlleval whole chunks as {@code conlleval} reads them
   * @param strict whole chunks as seqeval's strict mode reads them: those that break the scheme do
   *     not count, in gold and predicted
   * @param boundary chunks by their tokens, whatever the type ({@link MatchKind})
   * @param type chunks by their type, if they share a token
   * @param byType whole chunks of each type, the most frequent in gold first
   * @param byLength whole chunks by their number of tokens
   * @param byNovelty whole chunks by whether they occur in the training data; empty if unknown
   * @param errors the chunks that are not right, sorted by what is wrong
   * @param illegal tags that break the scheme
   */
  public record ChunkResults(
      Rates conlleval,
      Rates strict,
      Rates boundary,
      Rates type,
      List<NamedRates> byType,
      List<NamedRates> byLength,
      List<NamedRates> byNovelty,
      List<Errors> errors,
      Illegal illegal) {
    /** Copies the lists. */
    public ChunkResults {
      byType = List.copyOf(byType);
      byLength = List.copyOf(byLength);
      byNovelty = List.copyOf(byNovelty);
      errors = List.copyOf(errors);
    }
  }

  /**
   * The errors of one kind.
   *
   * @param kind {@code missed}, {@code invented}, {@code wrong type}, ...
   * @param count how many there are
   * @param types between which types, the most frequent first
   * @param examples the first of them
   */
  public record Errors(String kind, long count, List<TypePair> types, List<Example> examples) {
    /** Copies the lists. */
    public Errors {
      types = List.copyOf(types);
      examples = List.copyOf(examples);
    }
  }

  /**
   * How often a type was taken for another.
   *
   * @param gold the right type, null for invented chunks
   * @param predicted the type found, null for missed chunks
   * @param count how often
   */
  public record TypePair(@Nullable String gold, @Nullable String predicted, long count) {}

  /**
   * An error in its place.
   *
   * @param sentence the number of the sentence, from 1
   * @param line the line of the sentence's first token in the gold file, from 1; 0 if not known
   * @param tokens the tokens around it
   * @param gold the right chunk, or null; tokens are counted from the first of {@code tokens}
   * @param predicted the chunk found, or null
   */
  public record Example(
      long sentence, int line, List<String> tokens, @Nullable Mark gold, @Nullable Mark predicted) {
    /** Copies the list. */
    public Example {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * A chunk in a row of tokens.
   *
   * @param begin its first token, from 0
   * @param end after its last token
   * @param type its type
   * @param correct whether the other side has it too
   */
  public record Mark(int begin, int end, String type, boolean correct) {}

  /**
   * Tags that break the scheme, and what different readings of them give.
   *
   * @param gold the moves in gold that the scheme does not allow, the most frequent first
   * @param predicted those in the predicted tags
   * @param repairs the score by each {@link RepairPolicy} of the predicted tags; gold is read as
   *     {@code conlleval} does
   */
  public record Illegal(List<Move> gold, List<Move> predicted, List<Repair> repairs) {
    /** Copies the lists. */
    public Illegal {
      gold = List.copyOf(gold);
      predicted = List.copyOf(predicted);
      repairs = List.copyOf(repairs);
    }
  }

  /**
   * A tag after a tag.
   *
   * @param from the tag before, null at the start of a sentence
   * @param to the tag after, null at its end
   * @param count how often
   */
  public record Move(@Nullable String from, @Nullable String to, long count) {}

  /**
   * The score if illegal predicted tags are read in one way.
   *
   * @param policy {@link RepairPolicy#label}
   * @param rates the rates then
   * @param change its F1 minus that of {@code conlleval}
   */
  public record Repair(String policy, Rates rates, double change) {}

  /**
   * The calibration of probabilities ({@link Confidence}).
   *
   * @param of {@code tokens} or {@code chunks}; the probability of a chunk is the least of its
   *     tokens'
   * @param count how many were predicted
   * @param confidence their mean probability, 0..1
   * @param accuracy the share of them that is right, 0..1
   * @param expectedCalibrationError the mean distance of the two over the bins, 0..1
   * @param temperature the {@link Temperature} under which they are likeliest
   * @param scaledCalibrationError the error after a temperature that was fitted on other sentences
   *     than those it scales, 0..1
   * @param bins all bins, from 0 to 1
   */
  public record Reliability(
      String of,
      long count,
      double confidence,
      double accuracy,
      double expectedCalibrationError,
      double temperature,
      double scaledCalibrationError,
      List<Bin> bins) {
    /** Copies the list. */
    public Reliability {
      bins = List.copyOf(bins);
    }

    static Reliability of(String what, FittedCalibration reliability) {
      Calibration calibration = reliability.raw();
      List<Bin> bins = new ArrayList<>();
      for (Calibration.Bin bin : calibration.bins()) {
        boolean empty = bin.count() == 0;
        bins.add(
            new Bin(
                bin.low(),
                bin.high(),
                bin.count(),
                empty ? null : bin.confidence(),
                empty ? null : bin.accuracy()));
      }
      return new Reliability(
          what,
          calibration.count(),
          calibration.confidence(),
          calibration.accuracy(),
          calibration.expectedCalibrationError(),
          reliability.temperature().value(),
          reliability.scaled().expectedCalibrationError(),
          bins);
    }
  }

  /**
   * The predictions whose probability lies between two ends.
   *
   * @param low its lower end
   * @param high its upper end
   * @param count how many
   * @param confidence their mean probability, null without any
   * @param accuracy the share of them that is right, null without any
   */
  public record Bin(
      double low,
      double high,
      long count,
      @Nullable Double confidence,
      @Nullable Double accuracy) {}

  /**
   * A sentence with errors; very long ones are cut.
   *
   * @param sentence its number, from 1
   * @param line the line of its first token in the gold file, from 1; 0 if not known
   * @param errors how many: chunks that are not right on either side, or tags
   * @param cut whether tokens after the last are left out
   * @param tokens its tokens
   * @param gold its chunks; for tags other than chunk tags, each tag that was not found
   * @param predicted the chunks found; of tags, each wrong one
   */
  public record WorstSentence(
      long sentence,
      int line,
      long errors,
      boolean cut,
      List<String> tokens,
      List<Mark> gold,
      List<Mark> predicted) {
    /** Copies the lists. */
    public WorstSentence {
      tokens = List.copyOf(tokens);
      gold = List.copyOf(gold);
      predicted = List.copyOf(predicted);
    }
  }

  /**
   * Raw text, scored as in the CoNLL 2018 shared task ({@link AlignedScorer}).
   *
   * @param metrics Tokens, Sentences, Words, then one per head, and AllTags
   */
  public record RawText(List<Aligned> metrics) {
    /** Tokens, sentences and words, which come first. */
    private static final int SEGMENTATION = 3;

    /** Copies the list. */
    public RawText {
      metrics = List.copyOf(metrics);
    }

    /** The metrics of the heads, which follow those of tokens, sentences and words. */
    public List<Aligned> heads() {
      return metrics.subList(Math.min(SEGMENTATION, metrics.size()), metrics.size());
    }
  }

  /**
   * One metric of raw text.
   *
   * @param name {@code Tokens}, {@code Sentences}, {@code Words}, or a head in upper case: {@code
   *     UPOS}, {@code NER}
   * @param rates how well they were found
   * @param interval the bootstrap interval of F1, in percent
   * @param aligned the share of the aligned words that is right; null except for heads of tags
   */
  public record Aligned(String name, Rates rates, Interval interval, @Nullable Share aligned) {}

  /**
   * How training went.
   *
   * @param name the file it was read from
   * @param step what the steps are: {@code epoch}
   * @param series what was measured at each step
   */
  public record LearningCurve(String name, String step, List<Series> series) {
    /** Copies the list. */
    public LearningCurve {
      series = List.copyOf(series);
    }
  }

  /**
   * One measure over the steps of training.
   *
   * @param name {@code loss}, {@code ner f1}, ...
   * @param points its values, in the order of the steps
   */
  public record Series(String name, List<Point> points) {
    /** Copies the list. */
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * A value at a step.
   *
   * @param step the step
   * @param value the value
   */
  public record Point(double step, double value) {}
}
