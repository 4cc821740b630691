package io.github.rnnotator.data;

import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;

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

  /** Returns all sentences in order. */
  public List<TaggedSentence> sentences() {
    return documents.stream().flatMap(document -> document.sentences().stream()).toList();
  }
}
