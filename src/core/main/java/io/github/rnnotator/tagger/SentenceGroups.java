package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * Groups consecutive sentences of a document, which the encoder reads as one sequence, so that each
 * sentence has its neighbours as context (Fu, Feng, Zhang, Wang, Liu and Neubig 2021,
 * "Larger-Context Tagging: When and Why Does It Work?", the sequence aggregator). {@link
 * #SEPARATOR} separates the sentences.
 */
public final class SentenceGroups {
  /** The form between two sentences: Unicode's paragraph separator. */
  static final String SEPARATOR = "\u2029";

  private SentenceGroups() {}

  /**
   * Splits documents into groups. A sentence too long to share a group has one of its own.
   *
   * @param documents the sentences of each, in order
   * @param tokens the greatest length of a group with its separators; 0 for one sentence per group
   * @param size gives the length of a sentence
   * @param first the greatest length of a document's first group, called once per document; another
   *     value splits the document at other places
   */
  public static <S> List<List<S>> of(
      Iterable<? extends List<S>> documents, int tokens, ToIntFunction<S> size, IntSupplier first) {
    List<List<S>> groups = new ArrayList<>();
    for (List<S> document : documents) {
      int limit = tokens == 0 ? 0 : first.getAsInt();
      int length = 0;
      List<S> group = new ArrayList<>();
      for (S sentence : document) {
        if (!group.isEmpty() && length + 1 + size.applyAsInt(sentence) > limit) {
          groups.add(group);
          group = new ArrayList<>();
          limit = tokens;
        }
        length = group.isEmpty() ? 0 : length + 1;
        length += size.applyAsInt(sentence);
        group.add(sentence);
      }
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    return groups;
  }

  /** Makes a document of each sentence. */
  public static <S> List<List<S>> single(List<S> sentences) {
    return sentences.stream().map(List::of).toList();
  }

  /** Returns the separators that a group model counts as words in addition to its sentences. */
  public static List<Sentence> separators(int count) {
    return Collections.nCopies(count, Sentence.of(SEPARATOR));
  }

  /** Returns the length of a group with its separators. */
  static int size(List<Sentence> group) {
    return group.stream().mapToInt(Sentence::size).sum() + group.size() - 1;
  }

  /** Joins the sentences of a group, with separators. */
  public static Sentence joined(List<Sentence> group) {
    if (group.size() == 1) {
      return group.get(0);
    }
    List<String> forms = new ArrayList<>(group.get(0).forms());
    List<List<String>> inputs = new ArrayList<>(group.get(0).inputs());
    // In other columns a separator has a value that no file has.
    List<String> separator = Collections.nCopies(inputs.get(0).size(), SEPARATOR);
    for (Sentence sentence : group.subList(1, group.size())) {
      forms.add(SEPARATOR);
      forms.addAll(sentence.forms());
      inputs.add(separator);
      inputs.addAll(sentence.inputs());
    }
    Sentence joined = Sentence.of(forms);
    return separator.isEmpty() ? joined : joined.withInputs(inputs);
  }
}
