package io.github.rnnotator.data;

import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.formats.SourceLines;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The documents of a file with gold tags, or of a part of it, with checks that report faulty
 * sentences before training begins.
 *
 * @param documents at least one, each with at least one sentence
 */
public record GoldCorpus(List<List<TaggedSentence>> documents) {
  /**
   * Reads a file.
   *
   * @throws CorpusException if the chunk tags of a head fit no scheme
   */
  public static GoldCorpus read(SentenceSource format, Path file, Map<String, HeadConfig> heads)
      throws IOException {
    GoldCorpus data = new GoldCorpus(format.readDocuments(file));
    for (Map.Entry<String, HeadConfig> head : heads.entrySet()) {
      if (head.getValue().scheme() != null) {
        data.requireScheme(head.getKey());
      }
    }
    return data;
  }

  /** Returns the number of sentences, or of texts. */
  public int size() {
    return documents.stream().mapToInt(List::size).sum();
  }

  /** Returns the documents as input to a trainer, which does not need their lines in the files. */
  public Dataset dataset() {
    return Dataset.ofDocuments(
        documents.stream()
            .map(document -> document.stream().map(s -> s.with(Origin.NONE)).toList())
            .toList());
  }

  /** Selects sentences by their number, counted from 0 through all documents. */
  public GoldCorpus where(IntPredicate wanted) {
    List<List<TaggedSentence>> part = new ArrayList<>();
    int next = 0;
    for (List<TaggedSentence> document : documents) {
      List<TaggedSentence> kept = new ArrayList<>();
      for (TaggedSentence sentence : document) {
        if (wanted.test(next++)) {
          kept.add(sentence);
        }
      }
      if (!kept.isEmpty()) {
        part.add(kept);
      }
    }
    return new GoldCorpus(part);
  }

  /** Returns the unit of the file: {@code sentences}, or {@code texts} with labels. */
  public String unit() {
    return ofTexts() ? "texts" : "sentences";
  }

  private boolean ofTexts() {
    return documents.get(0).get(0).origin() instanceof SourceLines.Text;
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
   * Checks that each head has gold somewhere, so that there is something to learn or to score.
   *
   * @param part which part of the file this is, for the message; empty for the whole file
   * @param remedy the remedy, for the message
   * @throws CorpusException if one has none
   */
  public void requireGold(TaggerConfig config, String part, String remedy) throws CorpusException {
    requireGold(new GoldCheck(HeadMeasures.of(config), config.input().heads()), part, remedy);
  }

  /** As above, for data held out from a file with gold, in which all tags may be {@code O}. */
  public void requireHeldOutGold(TaggerConfig config, String part, String remedy)
      throws CorpusException {
    requireGold(new GoldCheck(HeadMeasures.of(config), config.input().heads(), true), part, remedy);
  }

  private void requireGold(GoldCheck check, String part, String remedy) throws CorpusException {
    sentences().forEach(check::add);
    check.require(part.isEmpty() ? source() : source() + " (" + part + ")", remedy);
  }

  /** Returns all sentences in order. */
  public List<TaggedSentence> sentences() {
    return documents.stream().flatMap(List::stream).toList();
  }

  /** Returns the name of the file. */
  public String source() {
    return documents.get(0).get(0).origin().file();
  }

  private void requireScheme(String head) throws CorpusException {
    List<TaggedSentence> gold =
        sentences().stream().filter(s -> s.tags().containsKey(head)).toList();
    if (SchemeDetection.detect(gold.stream().map(s -> s.tags(head).tags()).toList()).isPresent()) {
      return;
    }
    for (TaggedSentence sentence : gold) {
      List<String> tags = sentence.tags(head).tags();
      for (int i = 0; i < tags.size(); i++) {
        String tag = tags.get(i);
        if (!TagSequence.isMissing(tag)
            && Arrays.stream(TagScheme.values()).noneMatch(s -> s.isTag(tag))) {
          throw new CorpusException(
              sentence.origin().file(),
              sentence.origin().line(i),
              "'"
                  + tag
                  + "' of head "
                  + head
                  + " is a tag of no scheme; expected O, or B-, I-, M-, E- or S- and a type; if"
                  + " these are not chunk tags, leave out heads."
                  + head
                  + ".scheme");
        }
      }
    }
    throw new CorpusException(
        gold.get(0).origin().file(), "the tags of head " + head + " mix several schemes");
  }
}
