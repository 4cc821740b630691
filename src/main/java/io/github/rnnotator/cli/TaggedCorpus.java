package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusSentence;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Sentences of a corpus with the tags that a tagger gives them. */
final class TaggedCorpus {
  private TaggedCorpus() {}

  /** The sentences of these documents, in order, as they were read but for their tags. */
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
