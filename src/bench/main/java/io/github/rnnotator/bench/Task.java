package io.github.rnnotator.bench;

import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The training data and the text to tag.
 *
 * @param kind the kind of labels
 * @param head the name of the labels
 * @param train sentences with labels
 * @param text sentences to tag
 */
record Task(Kind kind, String head, List<TaggedSentence> train, List<Sentence> text) {
  /** The kind of labels. */
  enum Kind {
    /** Parts of speech. */
    POS,
    /** Named entities. */
    NER
  }

  static Task read(Kind kind, String head, CorpusFormat format, Path train, Path text)
      throws IOException {
    List<TaggedSentence> gold = format.read(train);
    for (TaggedSentence sentence : gold) {
      if (!sentence.has(head)) {
        throw new CorpusException(
            sentence.origin().file(),
            sentence.origin().line(),
            "this sentence has no tags of head '"
                + head
                + "'; leave it out: not every tagger can do without");
      }
    }
    return new Task(
        kind, head, gold, format.read(text).stream().map(TaggedSentence::sentence).toList());
  }

  /** The labels of each training sentence. */
  List<List<String>> labels() {
    return train.stream().map(sentence -> sentence.tags(head).tags()).toList();
  }

  /** The tokens to tag. */
  int tokens() {
    return text.stream().mapToInt(Sentence::size).sum();
  }
}
