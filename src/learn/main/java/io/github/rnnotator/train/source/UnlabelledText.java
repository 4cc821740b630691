package io.github.rnnotator.train.source;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.TextStretches;
import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads text without labels as a source of a training run.
 *
 * @param config the files and how much of them is used
 * @param segmenter finds sentences and words
 */
public record UnlabelledText(CrossViewConfig config, TextSegmenter segmenter) {
  /** Longer sentences are cut: they are lists and tables. */
  private static final int LONGEST_SENTENCE = 128;

  /** Creates a reader with the segmenter of a language. */
  public static UnlabelledText of(CrossViewConfig config, String language) {
    return new UnlabelledText(
        config, TextSegmenter.forLanguage(language).with(LineBreaks.END_SENTENCE));
  }

  /**
   * Reads the text.
   *
   * @param labelled the number of sentences with labels that an epoch shows
   * @return documents of sentences without tags, with a weight that gives the configured share
   * @throws InputException if a file has no text
   */
  public Dataset read(double labelled) throws IOException {
    long total = 0;
    for (String file : config.files()) {
      total += TextStretches.words(Path.of(file));
    }
    double part = config.words() == 0 ? 1 : Math.min(1, (double) config.words() / total);
    List<List<TaggedSentence>> documents = new ArrayList<>();
    for (String file : config.files()) {
      read(Path.of(file), part, documents);
    }
    int sentences = documents.stream().mapToInt(List::size).sum();
    Group.Source source = Group.Source.unlabelled(config.share() * labelled / sentences);
    return new Dataset(documents.stream().map(d -> new Group(d, source)).toList());
  }

  /** Reads a part of a file, spread evenly by running totals. */
  private void read(Path file, double part, List<List<TaggedSentence>> documents)
      throws IOException {
    double due = 0;
    try (TextStretches stretches = new TextStretches(file)) {
      for (var next = stretches.next(); next != null; next = stretches.next()) {
        due += part * next.words();
        if (due >= next.words() / 2.0) {
          due -= next.words();
          List<TaggedSentence> document = sentences(next.text());
          if (!document.isEmpty()) {
            documents.add(document);
          }
        }
      }
    }
  }

  private List<TaggedSentence> sentences(String text) {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (Sentence sentence : segmenter.segment(text)) {
      List<String> forms = sentence.forms();
      for (int from = 0; from < forms.size(); from += LONGEST_SENTENCE) {
        int to = Math.min(forms.size(), from + LONGEST_SENTENCE);
        sentences.add(TaggedSentence.untagged(Sentence.of(forms.subList(from, to))));
      }
    }
    return sentences;
  }
}
