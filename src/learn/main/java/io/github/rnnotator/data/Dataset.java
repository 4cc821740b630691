package io.github.rnnotator.data;

import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Sentences with gold tags as a trainer reads them: a network may read neighbouring sentences of
 * one document together, but never those of two.
 *
 * @param documents the sentences of each document
 */
public record Dataset(List<Group> documents) {
  /** Copies the documents. */
  public Dataset {
    documents = List.copyOf(documents);
  }

  /** Creates the data of sentences, each a document by itself. */
  public static Dataset of(List<TaggedSentence> sentences) {
    return new Dataset(sentences.stream().map(s -> new Group(List.of(s))).toList());
  }

  /** Creates the data of documents. */
  public static Dataset ofDocuments(List<List<TaggedSentence>> documents) {
    return new Dataset(documents.stream().map(Group::new).toList());
  }

  /** Returns the documents of each source, in the order of their first documents. */
  public Map<Group.Source, Dataset> bySource() {
    Map<Group.Source, List<Group>> parts = new LinkedHashMap<>();
    for (Group document : documents) {
      parts.computeIfAbsent(document.source(), source -> new ArrayList<>()).add(document);
    }
    Map<Group.Source, Dataset> datasets = new LinkedHashMap<>();
    parts.forEach((source, own) -> datasets.put(source, new Dataset(own)));
    return datasets;
  }

  /** Returns the documents with gold tags: all but those of unlabelled text. */
  public Dataset labelled() {
    return new Dataset(documents.stream().filter(d -> !d.source().isUnlabelled()).toList());
  }

  /** Returns these documents and others. */
  public Dataset with(Dataset more) {
    List<Group> all = new ArrayList<>(documents);
    all.addAll(more.documents);
    return new Dataset(all);
  }

  /** Returns a copy with each sentence changed. */
  public Dataset map(UnaryOperator<TaggedSentence> change) {
    return new Dataset(
        documents.stream()
            .map(d -> new Group(d.sentences().stream().map(change).toList(), d.source()))
            .toList());
  }

  /** Returns the number of sentences. */
  public int size() {
    return documents.stream().mapToInt(document -> document.sentences().size()).sum();
  }

  /** Returns all sentences in order. */
  public List<TaggedSentence> sentences() {
    return documents.stream().flatMap(document -> document.sentences().stream()).toList();
  }
}
