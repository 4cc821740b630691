package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.CrfHead;
import io.github.rnnotator.nn.Head;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one head: numbers inside the network, tags outside. For chunk tags the scheme may
 * be another one inside than in the user's files. Immutable.
 */
public final class Labels {
  private final List<String> names;
  private final @Nullable TagScheme inside;
  private final @Nullable TagScheme outside;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * The labels of a trained head.
   *
   * @param names the label of each number, in the inside scheme
   * @param inside the scheme of the labels, or null where they are no chunk tags
   * @param outside the scheme of the files, or null likewise
   */
  public Labels(List<String> names, @Nullable TagScheme inside, @Nullable TagScheme outside) {
    this.names = List.copyOf(names);
    this.inside = inside;
    this.outside = outside;
    if ((inside == null) != (outside == null)) {
      throw new IllegalArgumentException(
          "labels have a scheme inside but not outside, or vice versa");
    }
    for (String name : names) {
      if (ids.put(name, ids.size()) != null) {
        throw new IllegalArgumentException("label '" + name + "' stands twice");
      }
    }
  }

  /**
   * Collects the labels of a corpus.
   *
   * @param inside the scheme to learn chunk tags in, or null where the tags are no chunks
   * @throws IllegalArgumentException if chunk tags are wanted and the tags fit no scheme
   */
  public static Labels of(Iterable<List<String>> tags, @Nullable TagScheme inside) {
    TagScheme outside = null;
    if (inside != null) {
      outside =
          TagScheme.detect(tags)
              .orElseThrow(() -> new IllegalArgumentException("the tags are in no known scheme"));
    }
    TreeSet<String> names = new TreeSet<>();
    for (List<String> sequence : tags) {
      names.addAll(convert(sequence, outside, inside));
    }
    names.remove(TagSequence.MISSING);
    return new Labels(new ArrayList<>(names), inside, outside);
  }

  /**
   * The same with the labels of a corpus after its own, which keep their numbers.
   *
   * @param tags in the scheme outside
   */
  public Labels extended(Iterable<List<String>> tags) {
    TreeSet<String> more = new TreeSet<>();
    for (List<String> sequence : tags) {
      more.addAll(convert(sequence, outside, inside));
    }
    more.remove(TagSequence.MISSING);
    more.removeAll(names);
    List<String> all = new ArrayList<>(names);
    all.addAll(more);
    return new Labels(all, inside, outside);
  }

  private static List<String> convert(
      List<String> tags, @Nullable TagScheme from, @Nullable TagScheme to) {
    return from == null || to == null || from == to ? tags : from.convert(tags, to);
  }

  /** The label of each number. */
  public List<String> names() {
    return names;
  }

  /** The types of the mentions, sorted; the labels themselves where they are no chunk tags. */
  public List<String> kinds() {
    TagScheme scheme = inside;
    if (scheme == null) {
      return names;
    }
    return names.stream()
        .flatMap(name -> scheme.mentions(List.of(name)).stream())
        .map(Mention::type)
        .distinct()
        .sorted()
        .toList();
  }

  /** How many labels there are. */
  public int size() {
    return names.size();
  }

  /** The scheme of the labels, or null where they are no chunk tags. */
  public @Nullable TagScheme inside() {
    return inside;
  }

  /** The scheme of the files, or null where the tags are no chunks. */
  public @Nullable TagScheme outside() {
    return outside;
  }

  /** Which sequences of labels are legal in the scheme inside; all where there is none. */
  public CrfHead.Constraints constraints() {
    CrfHead.Constraints legal = CrfHead.Constraints.none(size());
    if (inside == null) {
      return legal;
    }
    for (int i = 0; i < size(); i++) {
      String name = names.get(i);
      for (int j = 0; j < size(); j++) {
        legal.transitions()[i][j] = inside.isLegalTransition(name, names.get(j));
      }
      legal.starts()[i] = inside.isLegalStart(name);
      legal.ends()[i] = inside.isLegalEnd(name);
    }
    return legal;
  }

  /**
   * Tags as numbers; {@link Head#NO_LABEL} for a tag that is missing or was not seen in training.
   * Where the schemes inside and outside differ, a mention next to a missing tag may continue there
   * or not, so that its first or last label is not known unless its tag says it by itself.
   */
  public int[] ids(TagSequence tags) {
    List<String> converted = convert(tags.tags(), outside, inside);
    int[] numbers = new int[converted.size()];
    for (int i = 0; i < numbers.length; i++) {
      boolean known = outside == inside || isCertain(tags, i);
      numbers[i] = known ? ids.getOrDefault(converted.get(i), Head.NO_LABEL) : Head.NO_LABEL;
    }
    return numbers;
  }

  private static boolean isCertain(TagSequence tags, int i) {
    String tag = tags.tag(i);
    if (tag.equals(TagScheme.OUTSIDE) || !tags.has(i)) {
      return true;
    }
    char letter = tag.charAt(0);
    boolean begins = i == 0 || tags.has(i - 1) || "BSU".indexOf(letter) >= 0;
    boolean ends = i + 1 == tags.size() || tags.has(i + 1) || "ELSU".indexOf(letter) >= 0;
    return begins && ends;
  }

  /**
   * Numbers as tags in the scheme of the files; chunk tags are legal in it whatever the numbers.
   */
  public TagSequence tags(int[] numbers, float[] probabilities) {
    List<String> tags = new ArrayList<>(numbers.length);
    List<Float> shares = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      tags.add(names.get(numbers[i]));
      shares.add(probabilities[i]);
    }
    // Also where both schemes are the same: a network may give an end without a beginning.
    return new TagSequence(
        inside == null || outside == null ? tags : inside.convert(tags, outside), shares);
  }

  /** Tags of the scheme of the files, made legal in it where they are chunk tags. */
  TagSequence legal(TagSequence tags) {
    return inside == null || outside == null
        ? tags
        : new TagSequence(outside.convert(tags.tags(), outside), tags.probabilities());
  }
}
