package io.github.rnnotator.tagger;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.Kernels;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.Pass;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tags sentences, or labels whole texts, as the model was trained to do.
 *
 * <pre>{@code
 * Tagger tagger = Tagger.load(Path.of("ewt.rnn"));
 * TaggedSentence tagged = tagger.tag(Sentence.of("She", "reads", "books"));
 * tagged.tags("upos").tags();   // [PRON, VERB, NOUN]
 * }</pre>
 *
 * <p>A model with heads of kind {@code document} gives no tags but a label to the whole: {@code
 * tagger.tag(text).label("label")}. The text is one sentence then, however many it has.
 *
 * <p>May be shared by any number of threads; each call uses buffers of its own, and all share the
 * packed weights and the cache of words. The model's weights must not change any more.
 */
public final class Tagger {
  /** Words whose part before their context is kept, by default: some 40 MB for an LSTM of 128. */
  public static final int CACHED_FORMS = 10_000;

  /** Groups side by side in a step, a multiple of a product's tile. */
  private static final int BATCH = 48;

  /** Longer groups make smaller batches, so that the buffers stay small. */
  private static final int BATCH_TOKENS = 2048;

  private final TaggerModel model;
  private final Kernel kernel;
  private final PackedWeights weights;
  private final @Nullable FormCache<float[]> cache;
  private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();

  /** A tagger on the fastest kernel of this JVM. */
  public Tagger(TaggerModel model) {
    this(model, Kernels.best());
  }

  /** A tagger on a given kernel. */
  public Tagger(TaggerModel model, Kernel kernel) {
    this(model, kernel, CACHED_FORMS);
  }

  /**
   * A tagger on a given kernel with a cache of a given size. The tags and probabilities do not
   * depend on either.
   *
   * @param cachedForms for how many words at most to keep what the network makes of them before it
   *     looks at their neighbours; each takes 4 bytes for every column of the first layer's kernel
   *     (two directions of an LSTM of 128: 4 KB); 0 for no cache
   */
  public Tagger(TaggerModel model, Kernel kernel, int cachedForms) {
    if (cachedForms < 0) {
      throw new IllegalArgumentException("cachedForms is " + cachedForms + ", expected 0 or more");
    }
    this.model = model;
    this.kernel = kernel;
    this.weights = new PackedWeights(kernel);
    this.cache = cachedForms == 0 ? null : new FormCache<>(cachedForms);
  }

  /**
   * Reads a model file.
   *
   * @throws ModelFormatException if the file is broken or no model
   */
  public static Tagger load(Path file) throws IOException {
    return new Tagger(TaggerModel.load(file));
  }

  /**
   * A tagger that comes with this library.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @see BundledModel
   */
  public static Tagger bundled(String name) throws IOException {
    BundledModel model =
        BundledModel.named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no bundled model '" + name + "', only " + BundledModel.names()));
    return new Tagger(model.read().model());
  }

  /** The model. */
  public TaggerModel model() {
    return model;
  }

  /** Tags one sentence. */
  public TaggedSentence tag(Sentence sentence) {
    return tag(List.of(sentence)).get(0);
  }

  /**
   * Tags sentences, each by itself; the result is in their order and does not depend on which stand
   * together.
   */
  public List<TaggedSentence> tag(List<Sentence> sentences) {
    return tagGroups(SentenceGroups.single(sentences), () -> {}).stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Tags the sentences of a document, in order. A model that was trained with groups ({@link
   * TaggerConfig#group}) reads each sentence together with its neighbours; for any other this is
   * the same as {@link #tag(List)}.
   */
  public List<TaggedSentence> tagDocument(List<Sentence> document) {
    return tagDocuments(List.of(document)).get(0);
  }

  /**
   * Tags documents as {@link #tagDocument} does, faster than one after the other.
   *
   * @return a list a document, in order; it does not depend on which documents stand together
   */
  public List<List<TaggedSentence>> tagDocuments(List<List<Sentence>> documents) {
    return tagDocuments(documents, () -> {});
  }

  /**
   * The same for a caller that may lose interest.
   *
   * @param beforeBatch is called before each batch of sentences is tagged; what it throws ends the
   *     work and is thrown to the caller
   */
  public List<List<TaggedSentence>> tagDocuments(
      List<List<Sentence>> documents, Runnable beforeBatch) {
    int tokens = model.config().group();
    Iterator<TaggedSentence> tagged =
        tagGroups(SentenceGroups.of(documents, tokens, Sentence::size, () -> tokens), beforeBatch)
            .stream()
            .flatMap(List::stream)
            .iterator();
    return documents.stream()
        .map(document -> document.stream().map(sentence -> tagged.next()).toList())
        .toList();
  }

  private List<List<TaggedSentence>> tagGroups(List<List<Sentence>> groups, Runnable beforeBatch) {
    // Groups of like length together: then most of them are active in every timestep.
    int[] sizes = groups.stream().mapToInt(SentenceGroups::size).toArray();
    Integer[] order = new Integer[groups.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> -sizes[i]));
    List<List<TaggedSentence>> tagged =
        new ArrayList<>(Collections.nCopies(groups.size(), List.<TaggedSentence>of()));
    Workspace polled = idle.poll();
    Workspace workspace = polled == null ? new Workspace() : polled;
    try {
      for (int from = 0; from < order.length; ) {
        int to = from + 1;
        int tokens = sizes[order[from]];
        while (to < order.length
            && to - from < BATCH
            && tokens + sizes[order[to]] <= BATCH_TOKENS) {
          tokens += sizes[order[to++]];
        }
        List<List<Sentence>> batch = new ArrayList<>();
        for (int i = from; i < to; i++) {
          batch.add(groups.get(order[i]));
        }
        beforeBatch.run();
        workspace.reset();
        List<TaggedSentence> results =
            model.network().tag(batch, Pass.inference(kernel, workspace, weights), cache);
        int next = 0;
        for (int i = from; i < to; i++) {
          int end = next + groups.get(order[i]).size();
          tagged.set(order[i], results.subList(next, end));
          next = end;
        }
        from = to;
      }
    } finally {
      idle.add(workspace);
    }
    return tagged;
  }

  /**
   * The best sequences of tags of one head, best first; the first is that of {@link #tag}, but for
   * rounding where two are equally good.
   *
   * @param n how many, at least 1; fewer where fewer are possible
   * @throws IllegalArgumentException if the model has no such head, or one that labels whole texts
   */
  public List<RankedTags> best(Sentence sentence, String head, int n) {
    model.requireTags();
    return ranked(sentence, head, n);
  }

  /**
   * All labels that one head can give to a whole text, the most probable first; the first is that
   * of {@link #tag}, and the probabilities sum to 1.
   *
   * @param text its tokens as one sequence
   * @throws IllegalArgumentException if the model has no such head, or one that tags tokens
   */
  public List<Label> labels(Sentence text, String head) {
    model.requireLabels();
    return ranked(text, head, Integer.MAX_VALUE).stream()
        .map(one -> new Label(one.tags().tag(0), one.tags().probabilities().get(0)))
        .toList();
  }

  private List<RankedTags> ranked(Sentence sentence, String head, int n) {
    Workspace polled = idle.poll();
    Workspace workspace = polled == null ? new Workspace() : polled;
    try {
      workspace.reset();
      return model.network().best(sentence, head, n, Pass.inference(kernel, workspace, weights));
    } finally {
      idle.add(workspace);
    }
  }
}
