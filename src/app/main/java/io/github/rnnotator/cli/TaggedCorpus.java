package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Tags the sentences of a corpus. */
final class TaggedCorpus {
  private TaggedCorpus() {}

  /**
   * Returns the sentences of these documents in order, with predicted tags and otherwise unchanged.
   */
  static List<CorpusSentence> tag(Tagger tagger, List<List<CorpusSentence>> documents) {
    List<List<Sentence>> untagged =
        documents.stream()
            .map(document -> document.stream().map(CorpusSentence::sentence).toList())
            .toList();
    Iterator<TaggedSentence> tagged =
        tagger.tagDocuments(untagged).stream().flatMap(List::stream).iterator();
    List<CorpusSentence> sentences = new ArrayList<>();
    for (List<CorpusSentence> document : documents) {
      for (CorpusSentence sentence : document) {
        sentences.add(sentence.with(tagged.next()));
      }
    }
    return sentences;
  }
}
