package io.github.rnnotator.bench.raw;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ours: the model's segmenter and all of its heads.
 *
 * @param heads those that are compared
 * @param blocks documents that are tagged together, as by {@code tag}
 */
record OurPipeline(String name, Set<String> heads, Annotator annotator, List<List<Document>> blocks)
    implements Pipeline {
  /** The characters of documents tagged together. */
  private static final int BLOCK = 1 << 16;

  /**
   * Creates a pipeline.
   *
   * @param cachedForms the number of words in the cache; 0 for none
   */
  static OurPipeline of(String name, TaggerModel model, int cachedForms, GoldText text) {
    Set<String> heads = new LinkedHashSet<>(GoldText.MEASURES.keySet());
    heads.retainAll(model.config().heads().keySet());
    Tagger tagger = new Tagger(model, Ops.best(), cachedForms);
    return new OurPipeline(
        name, heads, Annotator.of(tagger, TextSegmenter.of(model)), blocks(text.texts()));
  }

  private static List<List<Document>> blocks(List<String> texts) {
    List<List<Document>> blocks = new ArrayList<>();
    List<Document> block = new ArrayList<>();
    int characters = 0;
    for (String text : texts) {
      block.add(Document.of(text));
      characters += text.length();
      if (characters >= BLOCK) {
        blocks.add(block);
        block = new ArrayList<>();
        characters = 0;
      }
    }
    blocks.add(block);
    return blocks;
  }

  @Override
  public void run() {
    blocks.forEach(annotator::annotate);
  }

  @Override
  public List<TaggedSentence> sentences() {
    return blocks.stream()
        .flatMap(block -> annotator.annotate(block).stream())
        .flatMap(document -> document.sentences().stream())
        .toList();
  }
}
