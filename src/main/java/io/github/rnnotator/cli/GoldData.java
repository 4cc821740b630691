package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.corpus.Rows;
import io.github.rnnotator.corpus.SentenceSource;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The documents of a training file, or of a part of it, with checks that report faulty sentences
 * before training begins.
 *
 * @param documents at least one, each with at least one sentence
 */
record GoldData(List<List<CorpusSentence>> documents) {
  /**
   * Reads a file.
   *
   * @throws CorpusException if the chunk tags of a head fit no scheme
   */
  static GoldData read(SentenceSource format, Path file, Map<String, HeadConfig> heads)
      throws IOException {
    GoldData data = new GoldData(format.readDocuments(file));
    for (Map.Entry<String, HeadConfig> head : heads.entrySet()) {
      if (head.getValue().scheme() != null) {
        data.requireScheme(head.getKey());
      }
    }
    return data;
  }

  int size() {
    return documents.stream().mapToInt(List::size).sum();
  }

  /** The documents as input to a trainer. */
  List<List<TaggedSentence>> tagged() {
    return documents.stream()
        .map(document -> document.stream().map(CorpusSentence::tagged).toList())
        .toList();
  }

  /** Selects sentences by their number, counted from 0 through all documents. */
  GoldData where(IntPredicate wanted) {
    List<List<CorpusSentence>> part = new ArrayList<>();
    int next = 0;
    for (List<CorpusSentence> document : documents) {
      List<CorpusSentence> kept = new ArrayList<>();
      for (CorpusSentence sentence : document) {
        if (wanted.test(next++)) {
          kept.add(sentence);
        }
      }
      if (!kept.isEmpty()) {
        part.add(kept);
      }
    }
    return new GoldData(part);
  }

  /** The unit of the file: {@code sentences}, or {@code texts} with labels. */
  String unit() {
    return ofTexts() ? "texts" : "sentences";
  }

  private boolean ofTexts() {
    return documents.get(0).get(0).rows() instanceof Rows.Text;
  }

  /**
   * Selects the dev data: the last tenth, without documents shared with the training data; or every
   * tenth text, since a file of texts may be sorted by label.
   */
  IntPredicate heldOut() {
    int size = size();
    int first = size - Math.max(1, size / 10);
    return ofTexts() ? i -> i % 10 == 9 || size < 10 && i == size - 1 : i -> i >= first;
  }

  /**
   * Checks that each head has tags in at least one sentence.
   *
   * @throws CorpusException if one has none
   */
  void requireSome(Set<String> heads) throws CorpusException {
    for (String head : heads) {
      if (sentences().stream().noneMatch(s -> s.tagged().has(head))) {
        CorpusSentence first = documents.get(0).get(0);
        throw new CorpusException(
            first.source(),
            first.rows() instanceof Rows.Text
                ? "no training text has a label of head '" + head + "', only _; leave the head out"
                : "no training sentence has tags of head '"
                    + head
                    + "', only _; leave the head out, or merge tags into the file (rnnotator"
                    + " merge)");
      }
    }
  }

  /**
   * Checks that every sentence has tags of every head, so that scores cover the same sentences.
   *
   * @param advice how to fix it
   * @throws CorpusException if one lacks a head
   */
  void requireAll(Set<String> heads, String advice) throws CorpusException {
    for (CorpusSentence sentence : sentences()) {
      for (String head : heads) {
        sentence.require(head, advice);
      }
    }
  }

  private List<CorpusSentence> sentences() {
    return documents.stream().flatMap(List::stream).toList();
  }

  private void requireScheme(String head) throws CorpusException {
    List<CorpusSentence> gold =
        sentences().stream().filter(s -> s.tagged().tags().containsKey(head)).toList();
    if (TagScheme.detect(gold.stream().map(s -> s.tagged().tags(head).tags()).toList())
        .isPresent()) {
      return;
    }
    for (CorpusSentence sentence : gold) {
      List<String> tags = sentence.tagged().tags(head).tags();
      for (int i = 0; i < tags.size(); i++) {
        String tag = tags.get(i);
        if (Arrays.stream(TagScheme.values()).noneMatch(s -> s.isTag(tag))) {
          throw new CorpusException(
              sentence.source(),
              sentence.line(i),
              "'"
                  + tag
                  + "' of head "
                  + head
                  + " is not a tag of any scheme; expected O, or B-, I-, E- or S- and a type; if"
                  + " these are not chunks, leave out heads."
                  + head
                  + ".scheme");
        }
      }
    }
    throw new CorpusException(
        gold.get(0).source(), "the tags of head " + head + " mix several schemes");
  }
}
