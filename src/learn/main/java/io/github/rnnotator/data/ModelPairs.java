package io.github.rnnotator.data;

import io.github.rnnotator.annotate.OrderedTasks;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.WholeText;
import io.github.rnnotator.formats.CorpusDocuments;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file with gold tags, and a model's predictions for it, in batches of a few hundred sentences
 * that all cores tag.
 */
public final class ModelPairs implements TagPairs {
  private static final int BATCH = 1024;

  private final Tagger tagger;
  private final Map<String, Measure> measures;
  private final CorpusDocuments gold;
  private final String source;
  private final Deque<Row> tagged = new ArrayDeque<>();
  private final GoldCheck goldCheck;
  private final OrderedTasks<List<Row>> tasks =
      new OrderedTasks<>(Runtime.getRuntime().availableProcessors());
  private boolean any;
  private boolean ended;

  /**
   * Tags as it is read.
   *
   * @param columns the columns of the gold tags by head, for messages
   * @param source the name of the gold file, for messages
   */
  public ModelPairs(
      TaggerModel model,
      Map<String, Measure> measures,
      Map<String, String> columns,
      SentenceReader gold,
      String source) {
    this.tagger = new Tagger(model);
    this.measures = measures;
    this.gold = new CorpusDocuments(gold);
    this.source = source;
    this.goldCheck = new GoldCheck(measures, columns);
  }

  @Override
  public Map<String, Measure> measures() {
    return measures;
  }

  @Override
  public Map<String, TagScheme> schemes() {
    return tagger.model().schemes();
  }

  @Override
  public Map<String, TagScheme> goldSchemes() {
    return schemes();
  }

  @Override
  public Map<String, TagScheme> predictedSchemes() {
    return schemes();
  }

  @Override
  public boolean knows(String form) {
    return tagger.model().knows(form);
  }

  @Override
  public Optional<Row> next() throws IOException {
    while (tagged.isEmpty()) {
      while (!ended && !tasks.isDue()) {
        read();
      }
      if (tasks.isEmpty()) {
        goldCheck.require(source, GoldCheck.SCORE_ANOTHER);
        return Optional.empty();
      }
      tagged.addAll(tasks.take());
    }
    return Optional.of(tagged.remove());
  }

  /** Reads sentences to be tagged while others are being scored. */
  private void read() throws IOException {
    List<List<TaggedSentence>> documents = gold.read(BATCH);
    ended = documents.isEmpty();
    if (ended) {
      if (!any) {
        throw new CorpusException(source, "no sentences, expected at least one");
      }
      return;
    }
    any = true;
    for (List<TaggedSentence> document : documents) {
      for (TaggedSentence sentence : document) {
        check(sentence);
        goldCheck.add(sentence);
      }
    }
    tasks.add(() -> rows(documents));
  }

  private List<Row> rows(List<List<TaggedSentence>> documents) {
    List<List<Sentence>> untagged =
        documents.stream()
            .map(document -> document.stream().map(TaggedSentence::sentence).toList())
            .toList();
    Iterator<TaggedSentence> predicted =
        tagger.tagDocuments(untagged).stream().flatMap(List::stream).iterator();
    List<Row> rows = new ArrayList<>();
    for (List<TaggedSentence> document : documents) {
      for (TaggedSentence sentence : document) {
        rows.add(row(sentence, predicted.next()));
      }
    }
    return rows;
  }

  /** Reduces a text with labels to one item; a sentence is scored by token. */
  private Row row(TaggedSentence gold, TaggedSentence predicted) {
    if (!tagger.model().config().labelsTexts()) {
      return new Row(scored(gold), List.of(predicted));
    }
    return new Row(
        scored(WholeText.of(gold)).with(gold.origin()), List.of(WholeText.of(predicted)));
  }

  /** Returns the tags of all heads, in the letters of the model's schemes. */
  private TaggedSentence scored(TaggedSentence gold) {
    Map<String, TagSequence> tags = new LinkedHashMap<>(gold.tags());
    schemes()
        .forEach(
            (head, scheme) -> {
              if (scheme == TagScheme.IOBES) {
                tags.computeIfPresent(
                    head,
                    (name, read) ->
                        TagSequence.of(read.tags().stream().map(TagScheme::asIobes).toList()));
              }
            });
    return gold.with(tags).withAll(measures.keySet());
  }

  /** Checks that gold chunk tags are of the model's scheme or of B and I alone. */
  private void check(TaggedSentence sentence) throws CorpusException {
    for (Map.Entry<String, TagScheme> head : schemes().entrySet()) {
      if (measures.containsKey(head.getKey()) && sentence.has(head.getKey())) {
        List<String> tags = sentence.tags(head.getKey()).tags();
        for (int i = 0; i < tags.size(); i++) {
          if (!canRead(head.getValue(), tags.get(i))) {
            throw new CorpusException(
                sentence.origin().file(),
                sentence.origin().line(i),
                "head "
                    + head.getKey()
                    + ": '"
                    + tags.get(i)
                    + "' is not a tag of "
                    + head.getValue()
                    + ", the scheme of the model; score the model's own output with --predicted");
          }
        }
      }
    }
  }

  private static boolean canRead(TagScheme scheme, String tag) {
    return TagSequence.isMissing(tag)
        || scheme.isTag(tag)
        || TagScheme.IOB1.isTag(tag)
        || (scheme == TagScheme.IOBES && TagScheme.BMES.isTag(tag));
  }

  @Override
  public void close() throws IOException {
    tasks.close();
    gold.close();
  }
}
