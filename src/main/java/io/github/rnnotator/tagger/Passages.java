package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * Passages: consecutive sentences of a document, which the encoder reads as one sequence, so that
 * each sentence knows its neighbours (Fu, Feng, Zhang, Wang, Liu and Neubig 2021, "Larger-Context
 * Tagging: When and Why Does It Work?", the sequence aggregator). Between two sentences stands
 * {@link #SEPARATOR}.
 */
public final class Passages {
  /** The form that stands between two sentences: Unicode's paragraph separator. */
  static final String SEPARATOR = "\u2029";

  private Passages() {}

  /**
   * Cuts documents into passages. A sentence that does not fit into one with others is one by
   * itself.
   *
   * @param documents each with its sentences in order
   * @param tokens the greatest length of a passage, its separators too; 0 for a sentence a passage
   * @param size the length of a sentence
   * @param first the greatest length of a document's first passage, asked once a document; with
   *     another value the document is cut elsewhere
   */
  public static <S> List<List<S>> of(
      Iterable<? extends List<S>> documents, int tokens, ToIntFunction<S> size, IntSupplier first) {
    List<List<S>> passages = new ArrayList<>();
    for (List<S> document : documents) {
      int limit = tokens == 0 ? 0 : first.getAsInt();
      int length = 0;
      List<S> passage = new ArrayList<>();
      for (S sentence : document) {
        if (!passage.isEmpty() && length + 1 + size.applyAsInt(sentence) > limit) {
          passages.add(passage);
          passage = new ArrayList<>();
          limit = tokens;
        }
        length = passage.isEmpty() ? 0 : length + 1;
        length += size.applyAsInt(sentence);
        passage.add(sentence);
      }
      if (!passage.isEmpty()) {
        passages.add(passage);
      }
    }
    return passages;
  }

  /** Documents of a sentence each. */
  public static <S> List<List<S>> single(List<S> sentences) {
    return sentences.stream().map(List::of).toList();
  }

  /** What the words of a passage model are counted in besides its sentences. */
  public static List<Sentence> separators(int count) {
    return Collections.nCopies(count, Sentence.of(SEPARATOR));
  }

  /** The length of a passage, with its separators. */
  static int size(List<Sentence> passage) {
    return passage.stream().mapToInt(Sentence::size).sum() + passage.size() - 1;
  }

  /** The sentences of a passage as one, with separators. */
  static Sentence joined(List<Sentence> passage) {
    if (passage.size() == 1) {
      return passage.get(0);
    }
    List<String> forms = new ArrayList<>(passage.get(0).forms());
    for (Sentence sentence : passage.subList(1, passage.size())) {
      forms.add(SEPARATOR);
      forms.addAll(sentence.forms());
    }
    return Sentence.of(forms);
  }
}
