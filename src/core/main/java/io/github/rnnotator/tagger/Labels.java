package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one head: ids inside the network, tags outside. The scheme of chunk tags inside may
 * differ from that of the user's files. Immutable.
 */
public final class Labels {
  private final List<String> names;
  private final @Nullable TagScheme inside;
  private final @Nullable TagScheme outside;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * Creates the labels of a trained head.
   *
   * @param names the label of each id, in the inside scheme
   * @param inside the scheme of the labels, or null if they are not chunk tags
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
        throw new IllegalArgumentException("label '" + name + "' occurs twice");
      }
    }
  }

  /**
   * Collects the labels of a corpus.
   *
   * @param inside the scheme in which to learn chunk tags, or null for other tags
   * @throws IllegalArgumentException if chunk tags are expected and the tags fit no scheme
   */
  public static Labels of(Iterable<List<String>> tags, @Nullable TagScheme inside) {
    TagScheme outside = null;
    if (inside != null) {
      outside =
          SchemeDetection.detect(tags)
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
   * Returns a copy with the labels of a corpus after its own, which keep their ids.
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

  /** Returns the label of each id. */
  public List<String> names() {
    return names;
  }

  /** Returns the sorted types of the mentions, or the labels if they are not chunk tags. */
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

  /** Returns the number of labels. */
  public int size() {
    return names.size();
  }

  /** Returns the scheme of the labels, or null if they are not chunk tags. */
  public @Nullable TagScheme inside() {
    return inside;
  }

  /** Returns the scheme of the files, or null if the tags are not chunk tags. */
  public @Nullable TagScheme outside() {
    return outside;
  }

  /** Returns which label sequences are legal in the inside scheme; all without a scheme. */
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
   * Converts tags to ids; {@link Head#NO_LABEL} for a tag that is missing or unseen in training.
   * Where the two schemes differ, a mention next to a missing tag may continue there or not, so
   * that its first or last label is unknown unless its tag alone determines it.
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

  /** Converts ids to tags in the scheme of the files; chunk tags are legal in it for any ids. */
  public TagSequence tags(int[] numbers, float[] probabilities) {
    List<String> tags = new ArrayList<>(numbers.length);
    List<Float> shares = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      tags.add(names.get(numbers[i]));
      shares.add(probabilities[i]);
    }
    // Also if both schemes are the same: a network may give an end without a beginning.
    return new TagSequence(
        inside == null || outside == null ? tags : inside.convert(tags, outside), shares);
  }

  /** Returns tags in the scheme of the files, made legal if they are chunk tags. */
  TagSequence legal(TagSequence tags) {
    return inside == null || outside == null
        ? tags
        : new TagSequence(outside.convert(tags.tags(), outside), tags.probabilities());
  }
}
