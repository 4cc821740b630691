package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * Groups of sentences: consecutive sentences of a document, which the encoder reads as one
 * sequence, so that each sentence knows its neighbours (Fu, Feng, Zhang, Wang, Liu and Neubig 2021,
 * "Larger-Context Tagging: When and Why Does It Work?", the sequence aggregator). Between two
 * sentences stands {@link #SEPARATOR}.
 */
public final class SentenceGroups {
  /** The form that stands between two sentences: Unicode's paragraph separator. */
  static final String SEPARATOR = "\u2029";

  private SentenceGroups() {}

  /**
   * Cuts documents into groups. A sentence that does not fit into one with others is one by itself.
   *
   * @param documents each with its sentences in order
   * @param tokens the greatest length of a group, its separators too; 0 for a sentence a group
   * @param size the length of a sentence
   * @param first the greatest length of a document's first group, asked once a document; with
   *     another value the document is cut elsewhere
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

  /** Documents of a sentence each. */
  public static <S> List<List<S>> single(List<S> sentences) {
    return sentences.stream().map(List::of).toList();
  }

  /** What the words of a group model are counted in besides its sentences. */
  public static List<Sentence> separators(int count) {
    return Collections.nCopies(count, Sentence.of(SEPARATOR));
  }

  /** The length of a group, with its separators. */
  static int size(List<Sentence> group) {
    return group.stream().mapToInt(Sentence::size).sum() + group.size() - 1;
  }

  /** The sentences of a group as one, with separators. */
  static Sentence joined(List<Sentence> group) {
    if (group.size() == 1) {
      return group.get(0);
    }
    List<String> forms = new ArrayList<>(group.get(0).forms());
    for (Sentence sentence : group.subList(1, group.size())) {
      forms.add(SEPARATOR);
      forms.addAll(sentence.forms());
    }
    return Sentence.of(forms);
  }
}
