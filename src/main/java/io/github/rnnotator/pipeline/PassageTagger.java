package io.github.rnnotator.pipeline;

import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.corpus.Passage;
import io.github.rnnotator.corpus.Rows;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns documents, or passages of them, into tagged ones. The sentences of several are tagged
 * together, which is faster; what comes out does not depend on which.
 *
 * <p>Thread-safe, if segmenter and tagger are.
 */
public final class PassageTagger {
  /** Longer sentences are tagged in stretches of so many tokens: they would fill the memory. */
  public static final int LONGEST = 2048;

  private final TextSegmenter segmenter;
  private final Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger;

  /**
   * A tagger of passages.
   *
   * @param segmenter finds the sentences where there is only text
   * @param tagger gives the sentences of each document back with their tags, in the same order
   */
  public PassageTagger(
      TextSegmenter segmenter, Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger) {
    this.segmenter = segmenter;
    this.tagger = tagger;
  }

  /** The passage with its sentences, untagged; one that has sentences is given back as it is. */
  public Passage segment(Passage passage) {
    return segment(passage, () -> {});
  }

  /**
   * The same for a caller that may lose interest.
   *
   * @param beforeSentence is called before each sentence; what it throws ends the work and is
   *     thrown to the caller
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
          new CorpusSentence(TaggedSentence.untagged(sentence), Rows.NONE, passage.source(), line));
    }
    return passage.with(sentences);
  }

  /** The passages with tagged sentences, in the same order. */
  public List<Passage> tag(List<Passage> segmented) {
    List<List<Sentence>> documents = new ArrayList<>();
    for (Passage passage : segmented) {
      List<Sentence> sentences = new ArrayList<>();
      for (CorpusSentence sentence : passage.sentences()) {
        sentences.addAll(stretches(sentence.sentence()));
      }
      documents.add(sentences);
    }
    List<List<TaggedSentence>> results = tagger.apply(documents);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < segmented.size(); i++) {
      Passage passage = segmented.get(i);
      List<TaggedSentence> tagged = results.get(i);
      int next = 0;
      List<CorpusSentence> found = new ArrayList<>();
      for (CorpusSentence sentence : passage.sentences()) {
        int parts = (sentence.sentence().size() + LONGEST - 1) / LONGEST;
        found.add(sentence.with(joined(sentence.sentence(), tagged.subList(next, next + parts))));
        next += parts;
      }
      passages.add(passage.with(found));
    }
    return passages;
  }

  private static List<Sentence> stretches(Sentence sentence) {
    if (sentence.size() <= LONGEST) {
      return List.of(sentence);
    }
    List<Sentence> stretches = new ArrayList<>();
    List<Token> tokens = sentence.tokens();
    for (int begin = 0; begin < tokens.size(); begin += LONGEST) {
      stretches.add(new Sentence(tokens.subList(begin, Math.min(begin + LONGEST, tokens.size()))));
    }
    return stretches;
  }

  private static TaggedSentence joined(Sentence sentence, List<TaggedSentence> stretches) {
    if (stretches.size() == 1) {
      return stretches.get(0);
    }
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    for (String head : stretches.get(0).tags().keySet()) {
      List<String> names = new ArrayList<>();
      List<Float> probabilities = new ArrayList<>();
      for (TaggedSentence stretch : stretches) {
        names.addAll(stretch.tags(head).tags());
        probabilities.addAll(stretch.tags(head).probabilities());
      }
      tags.put(head, new TagSequence(names, probabilities));
    }
    return new TaggedSentence(sentence, tags);
  }
}
