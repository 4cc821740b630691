package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.ConlluText;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.corpus.SentenceReader;
import io.github.rnnotator.eval.AlignedScorer;
import io.github.rnnotator.pipeline.PipelineReader;
import io.github.rnnotator.pipeline.TextPipeline;
import io.github.rnnotator.pipeline.TextSegmenter;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code eval --raw}: what a pipeline makes of the raw text of a CoNLL-U file, or another CoNLL-U
 * file of the same text.
 *
 * @param gold the CoNLL-U file
 * @param predicted the other CoNLL-U file, or null where a model tags
 * @param model the model file, or null for the bundled one
 * @param head the head to score, or null for all
 */
record RawTextEvaluation(
    Path gold, @Nullable Path predicted, @Nullable Path model, @Nullable String head) {
  AlignedScorer score() throws IOException {
    AlignedScorer scorer = predicted == null ? ofModel() : ofFile(predicted);
    if (scorer.sentences() == 0) {
      throw new CorpusException(gold.toString(), "no sentences, expected at least one");
    }
    return scorer;
  }

  private AlignedScorer ofModel() throws IOException {
    TaggerModel loaded = Models.loadTagger(model);
    InputConfig input = loaded.config().input();
    Map<String, String> heads = heads(loaded);
    CorpusFormat format = Formats.of("conllu", input, heads);
    TextPipeline pipeline =
        new TextPipeline(
            TextSegmenter.forLanguage(input.language()), new Tagger(loaded)::tagDocument);
    try (SentenceReader golds = format.open(gold);
        SentenceReader found = new PipelineReader(new ConlluText(format.open(gold)), pipeline)) {
      return AlignedScorer.of(List.copyOf(heads.keySet()), golds, found);
    }
  }

  private AlignedScorer ofFile(Path file) throws IOException {
    if (model != null) {
      throw new InputException("--raw takes a model or --predicted, not both");
    }
    Map<String, String> heads = new LinkedHashMap<>();
    (head == null ? List.of("upos", "xpos") : List.of(head)).forEach(h -> heads.put(h, h));
    CorpusFormat format =
        Formats.of("conllu", new InputConfig("conllu", List.of(), heads, false, "en"), heads);
    try (SentenceReader golds = format.open(gold);
        SentenceReader found = format.open(file)) {
      return AlignedScorer.of(List.copyOf(heads.keySet()), golds, found);
    }
  }

  private Map<String, String> heads(TaggerModel loaded) throws InputException {
    Map<String, String> heads = new LinkedHashMap<>(loaded.config().input().heads());
    heads.keySet().retainAll(ModelPairs.measures(loaded, head).keySet());
    return heads;
  }
}
