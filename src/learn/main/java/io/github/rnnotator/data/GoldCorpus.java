package io.github.rnnotator.data;

import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.formats.SourceLines;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.Group;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * The documents of a file with gold tags, or of a part of it, or of several files, with checks that
 * report faulty sentences before training begins.
 *
 * @param documents at least one, each with at least one sentence
 * @param sources the source of each document
 */
public record GoldCorpus(List<List<TaggedSentence>> documents, List<Group.Source> sources) {
  /** Checks that each document has a source. */
  public GoldCorpus {
    if (documents.size() != sources.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sources for " + documents.size() + " documents");
    }
  }

  /** Creates the corpus of the only source. */
  public GoldCorpus(List<List<TaggedSentence>> documents) {
    this(documents, Collections.nCopies(documents.size(), Group.Source.ONLY));
  }

  /** Joins corpora, in this order. */
  public static GoldCorpus of(List<GoldCorpus> corpora) {
    return new GoldCorpus(
        corpora.stream().flatMap(corpus -> corpus.documents.stream()).toList(),
        corpora.stream().flatMap(corpus -> corpus.sources.stream()).toList());
  }

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

  /** Returns the size with its unit, and the size of each source if there are several. */
  public String amount() {
    List<String> parts = new ArrayList<>();
    sizes().forEach((source, size) -> parts.add(source.name() + " " + size));
    String all = size() + " " + unit();
    return parts.size() == 1 ? all : all + " (" + String.join(", ", parts) + ")";
  }

  /** Returns the number of sentences of each source, in the order of their first documents. */
  public Map<Group.Source, Integer> sizes() {
    Map<Group.Source, Integer> sizes = new LinkedHashMap<>();
    for (int i = 0; i < documents.size(); i++) {
      sizes.merge(sources.get(i), documents.get(i).size(), Integer::sum);
    }
    return sizes;
  }

  /** Returns the documents as input to a trainer, which does not need their lines in the files. */
  public Dataset dataset() {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      List<TaggedSentence> sentences =
          documents.get(i).stream().map(s -> s.with(Origin.NONE)).toList();
      groups.add(new Group(sentences, sources.get(i)));
    }
    return new Dataset(groups);
  }

  /** Selects sentences by their number, counted from 0 through all documents. */
  public GoldCorpus where(IntPredicate wanted) {
    List<List<TaggedSentence>> part = new ArrayList<>();
    List<Group.Source> their = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < documents.size(); i++) {
      List<TaggedSentence> kept = new ArrayList<>();
      for (TaggedSentence sentence : documents.get(i)) {
        if (wanted.test(next++)) {
          kept.add(sentence);
        }
      }
      if (!kept.isEmpty()) {
        part.add(kept);
        their.add(sources.get(i));
      }
    }
    return new GoldCorpus(part, their);
  }

  /** Returns a copy with each sentence changed. */
  public GoldCorpus map(UnaryOperator<TaggedSentence> change) {
    return new GoldCorpus(
        documents.stream().map(document -> document.stream().map(change).toList()).toList(),
        sources);
  }

  /** Returns a copy of another source. */
  public GoldCorpus withSource(Group.Source source) {
    return new GoldCorpus(documents, Collections.nCopies(documents.size(), source));
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

  /** As above, for some heads. */
  public void requireGold(GoldCheck check, String part, String remedy) throws CorpusException {
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
