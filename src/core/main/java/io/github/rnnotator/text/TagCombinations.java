package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tags that single words of a corpus have in several columns, such as {@code NOUN}, {@code NNS}
 * and {@code Number=Plur}. Heads that predict the columns one by one now and then contradict each
 * other; a tagger that knows the combinations does not. Immutable and thread-safe.
 *
 * @param heads the heads of the columns, at least two
 * @param tags the combinations, each with a tag per head, sorted and without duplicates
 */
public record TagCombinations(List<String> heads, List<List<String>> tags) {
  private static final Comparator<List<String>> ORDER =
      (a, b) -> {
        for (int i = 0; i < a.size(); i++) {
          int order = a.get(i).compareTo(b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  /**
   * Copies, sorts and removes duplicates.
   *
   * @throws IllegalArgumentException if there are fewer than two heads, one occurs twice, or a
   *     combination has more or fewer tags than there are heads
   */
  public TagCombinations {
    heads = List.copyOf(heads);
    if (heads.size() < 2 || new HashSet<>(heads).size() < heads.size()) {
      throw new IllegalArgumentException(
          "combinations of the tags of heads " + heads + ", expected two or more different heads");
    }
    for (List<String> combination : tags) {
      if (combination.size() != heads.size()) {
        throw new IllegalArgumentException(
            "the combination "
                + combination
                + " has "
                + combination.size()
                + " tags for the heads "
                + heads);
      }
    }
    tags = tags.stream().map(List::copyOf).distinct().sorted(ORDER).toList();
  }

  /** Collects the combinations of words that have a tag of each head. */
  public static TagCombinations of(List<String> heads, Iterable<TaggedSentence> corpus) {
    Set<List<String>> found = new HashSet<>();
    for (TaggedSentence sentence : corpus) {
      if (heads.stream().allMatch(sentence::has)) {
        List<TagSequence> columns = heads.stream().map(sentence::tags).toList();
        for (int i = 0; i < sentence.size(); i++) {
          int token = i;
          if (columns.stream().allMatch(column -> column.has(token))) {
            found.add(columns.stream().map(column -> column.tag(token)).toList());
          }
        }
      }
    }
    return new TagCombinations(heads, List.copyOf(found));
  }

  /**
   * Returns these combinations and those of another corpus.
   *
   * @throws IllegalArgumentException if they are of other heads
   */
  public TagCombinations with(TagCombinations other) {
    if (!heads.equals(other.heads)) {
      throw new IllegalArgumentException(
          "combinations of the tags of heads " + other.heads + ", expected " + heads);
    }
    List<List<String>> all = new ArrayList<>(tags);
    all.addAll(other.tags);
    return new TagCombinations(heads, all);
  }
}
