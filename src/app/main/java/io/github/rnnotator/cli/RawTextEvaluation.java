package io.github.rnnotator.cli;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.GoldCheck;
import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.align.AlignedScorer;
import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code eval --raw}: scores a pipeline on the raw text of a CoNLL-U file, or another CoNLL-U file
 * of the same text.
 *
 * @param gold the CoNLL-U file
 * @param predicted the other CoNLL-U file, or null where a model tags
 * @param model the model file, or null for the bundled one
 * @param head the head to score, or null for all
 */
record RawTextEvaluation(
    Path gold, @Nullable Path predicted, @Nullable Path model, @Nullable String head) {
  /** The number of sentences read to detect chunk tags. */
  private static final int AHEAD = 1000;

  /**
   * The scores and the notes on them.
   *
   * @param notes one line for each unnamed head without gold
   */
  record Result(AlignedScorer scorer, List<String> notes) {}

  /** Scores. */
  Result score() throws IOException {
    List<String> notes = new ArrayList<>();
    AlignedScorer scorer = predicted == null ? ofModel(notes) : ofFile(predicted, notes);
    if (scorer.sentences() == 0) {
      throw new CorpusException(gold.toString(), "no sentences, expected at least one");
    }
    return new Result(scorer, notes);
  }

  private AlignedScorer ofModel(List<String> notes) throws IOException {
    TaggerModel loaded = Models.loadTagger(model);
    InputConfig input = loaded.config().input();
    Map<String, Measure> measures =
        head == null ? HeadMeasures.of(loaded.config()) : HeadMeasures.of(loaded, head);
    Map<String, String> heads = new LinkedHashMap<>(input.heads());
    heads.keySet().retainAll(measures.keySet());
    CorpusFormat format = Formats.of("conllu", input, heads);
    skipWithoutGold(format, measures, notes);
    Annotator annotator = Annotator.of(new Tagger(loaded));
    try (SentenceReader golds = golds(format, measures);
        SentenceReader found = new AnnotatedText(new ConlluText(format.open(gold)), annotator)) {
      return AlignedScorer.of(measures, golds, found);
    }
  }

  private AlignedScorer ofFile(Path file, List<String> notes) throws IOException {
    if (model != null) {
      throw new InputException("--raw takes a model or --predicted, not both");
    }
    Map<String, String> heads = new LinkedHashMap<>();
    (head == null ? List.of("upos", "xpos") : List.of(head)).forEach(h -> heads.put(h, h));
    CorpusFormat format = Formats.of("conllu", InputConfig.defaults().heads(heads), heads);
    Map<String, Measure> measures = measures(format, heads.keySet());
    skipWithoutGold(format, measures, notes);
    try (SentenceReader golds = golds(format, measures);
        SentenceReader found = format.open(file)) {
      return AlignedScorer.of(measures, golds, found);
    }
  }

  private SentenceReader golds(CorpusFormat format, Map<String, Measure> measures)
      throws IOException {
    return new GoldCheck(measures, format.heads())
        .checked(format.open(gold), gold.toString(), GoldCheck.SCORE_ANOTHER);
  }

  /** Leaves out unnamed heads without gold, as long as one head remains. */
  private void skipWithoutGold(
      CorpusFormat format, Map<String, Measure> measures, List<String> notes) throws IOException {
    if (head != null) {
      return;
    }
    GoldCheck check = new GoldCheck(Map.copyOf(measures), format.heads());
    try (SentenceReader golds = format.open(gold)) {
      for (Optional<TaggedSentence> next = golds.read(); next.isPresent(); next = golds.read()) {
        check.add(next.get());
      }
    }
    Set<String> lacking = check.lacking();
    if (lacking.size() < measures.size()) {
      for (String left : lacking) {
        notes.add(check.skipped(gold.toString(), left));
        measures.remove(left);
      }
    }
  }

  /** The measures of the heads: F1 of mentions where the first gold tags are chunk tags. */
  private Map<String, Measure> measures(CorpusFormat format, Set<String> heads) throws IOException {
    Map<String, List<List<String>>> tags = new LinkedHashMap<>();
    heads.forEach(h -> tags.put(h, new ArrayList<>()));
    try (SentenceReader golds = format.open(gold)) {
      Optional<TaggedSentence> next = golds.read();
      for (int i = 0; next.isPresent() && i < AHEAD; i++) {
        next.get()
            .tags()
            .forEach((h, read) -> tags.getOrDefault(h, new ArrayList<>()).add(read.tags()));
        next = golds.read();
      }
    }
    Map<String, Measure> measures = new LinkedHashMap<>();
    tags.forEach((h, all) -> measures.put(h, all.isEmpty() ? Measure.ACCURACY : Measure.of(all)));
    return measures;
  }
}
