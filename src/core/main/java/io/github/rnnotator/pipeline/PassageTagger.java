package io.github.rnnotator.pipeline;

import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.corpus.Passage;
import io.github.rnnotator.corpus.SourceLines;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Tags documents or passages of them. The sentences of several are tagged together, which is
 * faster; the result does not depend on how they are grouped.
 *
 * <p>Thread-safe, if segmenter and tagger are.
 */
public final class PassageTagger {
  private final TextSegmenter segmenter;
  private final Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger;

  /**
   * A tagger of passages.
   *
   * @param segmenter finds the sentences of passages with text only
   * @param tagger returns the sentences of each document with their tags, in the same order
   */
  public PassageTagger(
      TextSegmenter segmenter, Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger) {
    this.segmenter = segmenter;
    this.tagger = tagger;
  }

  /**
   * Creates a tagger of passages that have sentences; needs neither a segmenter nor its library.
   *
   * @param tagger as in the constructor
   */
  public static PassageTagger ofSentences(
      Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger) {
    TextSegmenter none =
        new TextSegmenter(text -> List.of(), (text, begin, end) -> List.of(), LineBreaks.WRAP);
    return new PassageTagger(none, tagger);
  }

  /**
   * Returns the passage with its sentences, untagged; one that has sentences is returned unchanged.
   */
  public Passage segment(Passage passage) {
    return segment(passage, () -> {});
  }

  /**
   * As above, but cancellable.
   *
   * @param beforeSentence called before each sentence; an exception it throws ends the work and is
   *     passed to the caller
   */
  public Passage segment(Passage passage, Runnable beforeSentence) {
    if (!passage.sentences().isEmpty()) {
      return passage;
    }
    String text = passage.text();
    List<CorpusSentence> sentences = new ArrayList<>();
    int line = passage.line();
    int at = 0;
    for (Sentence sentence : segmenter.segment(text, beforeSentence)) {
      for (int begin = sentence.tokens().get(0).begin(); at < begin; at++) {
        line += text.charAt(at) == '\n' ? 1 : 0;
      }
      sentences.add(
          new CorpusSentence(
              TaggedSentence.untagged(sentence), SourceLines.NONE, passage.source(), line));
    }
    return passage.with(sentences);
  }

  /** Returns the passages with tagged sentences, in the same order. */
  public List<Passage> tag(List<Passage> segmented) {
    List<List<Sentence>> documents =
        segmented.stream()
            .map(passage -> passage.sentences().stream().map(CorpusSentence::sentence).toList())
            .toList();
    List<List<TaggedSentence>> results = tagger.apply(documents);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < segmented.size(); i++) {
      List<CorpusSentence> sentences = segmented.get(i).sentences();
      List<CorpusSentence> tagged = new ArrayList<>();
      for (int j = 0; j < sentences.size(); j++) {
        tagged.add(sentences.get(j).with(results.get(i).get(j)));
      }
      passages.add(segmented.get(i).with(tagged));
    }
    return passages;
  }
}
