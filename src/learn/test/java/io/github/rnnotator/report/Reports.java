package io.github.rnnotator.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.eval.Confidence;
import io.github.rnnotator.eval.DetailedEvaluation;
import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.EvaluationReport.Point;
import io.github.rnnotator.eval.EvaluationReport.Series;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.TrainingData;
import io.github.rnnotator.eval.align.AlignedScorer;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Reports of made-up data, some of it hostile. */
final class Reports {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(99, 1, 0.95);

  /** Words that look like markup, run from right to left, or are very long. */
  static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "</style><img src=x onerror=alert(1)>",
          "\"'><b>",
          "&amp;&#60;",
          "שָׁלוֹם",
          "\u202eevil\u202d",
          "W".repeat(500),
          "a\u0000b\u0007\uffff",
          "👩‍👩‍👧",
          "javascript:alert(1)",
          "${x} {{y}} <%= z %>",
          "--><!--",
          "]]>");

  private static final Map<String, TagScheme> SCHEMES = Map.of("ner", TagScheme.IOB2);

  private Reports() {}

  /** A report with everything in it: chunks, tags, raw text, a curve, and hostile names. */
  static EvaluationReport full(long seed) {
    Random random = new Random(seed);
    List<String> words = new ArrayList<>(HOSTILE);
    words.addAll(List.of("Oslo", "rains", "in", "Kim", "said", "."));
    Map<String, Measure> measures = new LinkedHashMap<>();
    measures.put("ner", Measure.F1);
    measures.put("<upos>", Measure.ACCURACY);
    TrainingData training = new TrainingData(Set.of("ner"));
    training.add(sentence(random, words, true));
    DetailedEvaluation evaluation =
        new DetailedEvaluation(measures, SCHEMES, SCHEMES, training::knows, training);
    Confidence confidence = new Confidence(measures);
    for (int i = 0; i < 60; i++) {
      TaggedSentence gold = sentence(random, words, true);
      TaggedSentence predicted = predicted(random, gold);
      evaluation.add(gold, predicted, 10 * i + 1);
      confidence.add(gold, predicted);
    }
    return new EvaluationReport(
        EvaluationReport.FORMAT,
        "gold <i>.conll",
        "model & \"co\".rnn",
        "train'.conll",
        evaluation.sentences(),
        evaluation.tokens(),
        evaluation.heads(BOOTSTRAP, confidence, null),
        rawText(),
        new LearningCurve(
            "curve.csv",
            "epoch",
            List.of(
                new Series("loss", List.of(new Point(1, 1234.5678), new Point(2, 0.00012345))),
                new Series("<f1>", List.of(new Point(1, 50), new Point(2, 50))))));
  }

  /** A report without a mistake, probabilities or training data. */
  static EvaluationReport perfect() {
    DetailedEvaluation evaluation =
        new DetailedEvaluation(Map.of("ner", Measure.F1), SCHEMES, SCHEMES, null, null);
    TaggedSentence sentence =
        new TaggedSentence(
            Sentence.of("Oslo", "rains"), Map.of("ner", TagSequence.of("B-LOC", "O")));
    evaluation.add(sentence, sentence, 0);
    return new EvaluationReport(
        EvaluationReport.FORMAT,
        "gold",
        "gold",
        null,
        1,
        2,
        evaluation.heads(BOOTSTRAP, new Confidence(Map.of("ner", Measure.F1)), null),
        null,
        null);
  }

  static JsonNode json(EvaluationReport report) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      JsonReport.write(report, out);
      return new ObjectMapper().readTree(out.toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static EvaluationReport.RawText rawText() {
    CorpusFormat format = new CorpusFormat.Conllu(Map.of("upos", "upos"));
    String gold = "1\tNew\t_\tX\t_\t_\t_\t_\t_\t_\n2\tYork\t_\tX\t_\t_\t_\t_\t_\t_\n\n";
    String predicted = "1\tNewYork\t_\tX\t_\t_\t_\t_\t_\t_\n\n";
    try {
      return AlignedScorer.of(
              Map.of("upos", Measure.ACCURACY),
              format.open(new ByteArrayInputStream((gold + gold).getBytes(UTF_8)), "gold"),
              format.open(
                  new ByteArrayInputStream((gold + predicted).getBytes(UTF_8)), "predicted"))
          .score(BOOTSTRAP);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static TaggedSentence sentence(Random random, List<String> words, boolean gold) {
    List<String> forms = new ArrayList<>();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      forms.add(words.get(random.nextInt(words.size())));
    }
    return new TaggedSentence(Sentence.of(forms), tags(random, forms.size(), gold));
  }

  private static TaggedSentence predicted(Random random, TaggedSentence gold) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags(random, gold.size(), false)
        .forEach(
            (head, others) -> {
              List<String> mixed = new ArrayList<>();
              List<Float> probabilities = new ArrayList<>();
              for (int i = 0; i < gold.size(); i++) {
                boolean same = random.nextInt(3) > 0;
                mixed.add(same ? gold.tags(head).tag(i) : others.tag(i));
                probabilities.add(random.nextFloat());
              }
              tags.put(head, new TagSequence(mixed, probabilities));
            });
    return new TaggedSentence(gold.sentence(), tags);
  }

  private static Map<String, TagSequence> tags(Random random, int size, boolean legal) {
    List<String> chunkTags = List.of("O", "O", "B-PER", "I-PER", "B-<b>", "I-<b>");
    List<String> ner = new ArrayList<>();
    List<String> upos = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ner.add(chunkTags.get(random.nextInt(chunkTags.size())));
      upos.add(List.of("NOUN", "VERB", "\"X\"", "T" + random.nextInt(40)).get(random.nextInt(4)));
    }
    List<String> iob2 = legal ? TagScheme.IOB2.tags(size, TagScheme.IOB2.mentions(ner)) : ner;
    return Map.of("ner", TagSequence.of(iob2), "<upos>", TagSequence.of(upos));
  }
}
