package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.text.Sentence;
import java.util.List;

/** A tagger that tags the sentences of a text one by one, one per run. */
final class SentenceBySentence implements Contestant {
  private final String name;
  private final SentenceTagger tagger;
  private final List<Sentence> text;
  private int next;

  SentenceBySentence(String name, SentenceTagger tagger, List<Sentence> text) {
    this.name = name;
    this.tagger = tagger;
    this.text = text;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run() {
    tagger.tag(List.of(text.get(next)));
    next = (next + 1) % text.size();
  }
}
