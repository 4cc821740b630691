package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.text.KnownLemmas;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.LemmaScript;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagCombinations;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one head: ids in the network, tags in files. The scheme in which a model learns
 * chunk tags may differ from that of the user's files. Immutable.
 */
public final class Labels {
  /** Tried on UD English-EWT: 2.7 to 7.4 give the same accuracy to a tenth. */
  private static final float KNOWN_LEMMA = 5;

  /** Tried on UD English-EWT: 5 to 50 give the same accuracy, fewer unseen words are wrong. */
  private static final float KNOWN_WORD = 20;

  private final List<String> names;
  private final @Nullable TagScheme modelScheme;
  private final @Nullable TagScheme fileScheme;
  private final Map<String, Integer> ids = new HashMap<>();

  /** The script of each label, or null if the labels are tags. */
  private final @Nullable List<LemmaScript> scripts;

  private final @Nullable LemmaDictionary dictionary;

  private final @Nullable KnownLemmas knownLemmas;
  private final @Nullable TagCombinations combinations;

  /**
   * Creates the labels of a trained head.
   *
   * @param names the label of each id, in the scheme of the model
   * @param modelScheme the scheme of the labels, or null if they are not chunk tags
   * @param fileScheme the scheme of the files, or null likewise
   */
  public Labels(
      List<String> names, @Nullable TagScheme modelScheme, @Nullable TagScheme fileScheme) {
    this(names, modelScheme, fileScheme, null, null, null);
  }

  private Labels(
      List<String> names,
      @Nullable TagScheme modelScheme,
      @Nullable TagScheme fileScheme,
      @Nullable List<LemmaScript> scripts,
      @Nullable LemmaDictionary dictionary,
      @Nullable TagCombinations combinations) {
    this.combinations = combinations;
    this.scripts = scripts;
    this.dictionary = dictionary;
    this.knownLemmas = dictionary == null ? null : KnownLemmas.of(dictionary);
    this.names = List.copyOf(names);
    this.modelScheme = modelScheme;
    this.fileScheme = fileScheme;
    if ((modelScheme == null) != (fileScheme == null)) {
      throw new IllegalArgumentException(
          "labels have a scheme in the model but not in files, or vice versa");
    }
    for (String name : names) {
      if (ids.put(name, ids.size()) != null) {
        throw new IllegalArgumentException("label '" + name + "' occurs twice");
      }
    }
  }

  /** Creates labels that are not chunk tags. */
  public Labels(List<String> names) {
    this(names, null, null);
  }

  /**
   * Creates labels that are scripts from forms to lemmas.
   *
   * @throws IllegalArgumentException if one is not a {@link LemmaScript}, or {@link
   *     LemmaScript#KEEP} is not among them: some script must apply to every form
   */
  public static Labels ofScripts(List<String> scripts) {
    if (!scripts.contains(LemmaScript.KEEP.toString())) {
      throw new IllegalArgumentException(
          "the script " + LemmaScript.KEEP + " is missing, which applies to every form");
    }
    return new Labels(
        scripts, null, null, scripts.stream().map(LemmaScript::parse).toList(), null, null);
  }

  /**
   * Returns a copy with a dictionary whose lemmas come before those of the scripts.
   *
   * @throws IllegalArgumentException if the labels are not scripts
   */
  public Labels with(@Nullable LemmaDictionary dictionary) {
    if (scripts == null) {
      throw new IllegalArgumentException("labels that are not scripts have no dictionary");
    }
    return new Labels(names, null, null, scripts, dictionary, null);
  }

  /**
   * Collects the labels of a corpus.
   *
   * @param modelScheme the scheme in which to learn chunk tags, or null for other tags
   * @throws IllegalArgumentException if chunk tags are expected and the tags fit no scheme
   */
  public static Labels of(Iterable<List<String>> tags, @Nullable TagScheme modelScheme) {
    TagScheme fileScheme = null;
    if (modelScheme != null) {
      fileScheme =
          SchemeDetection.detect(tags)
              .orElseThrow(() -> new IllegalArgumentException("the tags are in no known scheme"));
    }
    TreeSet<String> names = new TreeSet<>();
    for (List<String> sequence : tags) {
      names.addAll(convert(sequence, fileScheme, modelScheme));
    }
    names.remove(TagSequence.MISSING);
    return new Labels(new ArrayList<>(names), modelScheme, fileScheme);
  }

  /**
   * Returns a copy with the labels of a corpus after its own, which keep their ids.
   *
   * @param tags in the scheme of the files
   */
  public Labels extended(Iterable<List<String>> tags) {
    TreeSet<String> more = new TreeSet<>();
    for (List<String> sequence : tags) {
      more.addAll(convert(sequence, fileScheme, modelScheme));
    }
    more.remove(TagSequence.MISSING);
    more.removeAll(names);
    List<String> all = new ArrayList<>(names);
    all.addAll(more);
    return new Labels(all, modelScheme, fileScheme);
  }

  /** Returns a copy with the combinations in which the tags of this head occur, or null. */
  Labels withCombinations(@Nullable TagCombinations combinations) {
    return new Labels(names, modelScheme, fileScheme, scripts, dictionary, combinations);
  }

  /** Returns the combinations in which these tags occur, or null if the head does not agree. */
  public @Nullable TagCombinations combinations() {
    return combinations;
  }

  /** Returns the dictionary of lemmas, or null without one. */
  public @Nullable LemmaDictionary dictionary() {
    return dictionary;
  }

  /** Whether the labels are scripts from forms to lemmas. */
  public boolean areScripts() {
    return scripts != null;
  }

  /** Returns what a script makes of a word; empty if it does not apply, or labels are tags. */
  Optional<String> applied(int label, String form) {
    return scripts == null ? Optional.empty() : scripts.get(label).apply(form);
  }

  /**
   * Returns how likely a script is that makes this lemma of a word, by comparison with others of
   * the same probability: more than 1 if the dictionary has the lemma, most if as a word with this
   * tag. A script that is itself a lemma says nothing by being one.
   */
  float prior(int label, String lemma, String tag) {
    if (scripts == null || scripts.get(label).isLiteral() || knownLemmas == null) {
      return 1;
    }
    return knownLemmas.contains(lemma, tag)
        ? KNOWN_WORD
        : knownLemmas.contains(lemma) ? KNOWN_LEMMA : 1;
  }

  private static List<String> convert(
      List<String> tags, @Nullable TagScheme from, @Nullable TagScheme to) {
    return from == null || to == null || from == to ? tags : from.convert(tags, to);
  }

  /** Returns the label of each id. */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the sorted types of the mentions, or the labels if they are not chunk tags; none for
   * lemmas, which are not a fixed set.
   */
  public List<String> kinds() {
    if (scripts != null) {
      return List.of();
    }
    TagScheme scheme = modelScheme;
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

  /**
   * Returns which labels a token may have that a corpus has outside its mentions: {@code O}, and
   * those of the types that the corpus does not annotate. Null if it annotates all, or the labels
   * are not chunk tags.
   *
   * @param annotates the types that it annotates, or null for all
   */
  boolean @Nullable [] outside(@Nullable Set<String> annotates) {
    TagScheme scheme = modelScheme;
    if (annotates == null || scheme == null || annotates.containsAll(kinds())) {
      return null;
    }
    boolean[] outside = new boolean[size()];
    for (int i = 0; i < outside.length; i++) {
      outside[i] =
          scheme.mentions(List.of(names.get(i))).stream()
              .noneMatch(mention -> annotates.contains(mention.type()));
    }
    return outside;
  }

  /** Returns the id of a label, or {@link Head#NO_LABEL} for an unknown one. */
  int id(String name) {
    return ids.getOrDefault(name, Head.NO_LABEL);
  }

  /** Returns the number of labels. */
  public int size() {
    return names.size();
  }

  /** Returns the scheme of the labels, or null if they are not chunk tags. */
  public @Nullable TagScheme modelScheme() {
    return modelScheme;
  }

  /** Returns the scheme of the files, or null if the tags are not chunk tags. */
  public @Nullable TagScheme fileScheme() {
    return fileScheme;
  }

  /** Returns which label sequences are legal in the scheme of the model; all without a scheme. */
  public CrfHead.Constraints constraints() {
    CrfHead.Constraints legal = CrfHead.Constraints.none(size());
    if (modelScheme == null) {
      return legal;
    }
    for (int i = 0; i < size(); i++) {
      String name = names.get(i);
      for (int j = 0; j < size(); j++) {
        legal.transitions()[i][j] = modelScheme.isLegalTransition(name, names.get(j));
      }
      legal.starts()[i] = modelScheme.isLegalStart(name);
      legal.ends()[i] = modelScheme.isLegalEnd(name);
    }
    return legal;
  }

  /**
   * Converts the tags of a sentence to ids; {@link Head#NO_LABEL} for a tag that is missing or
   * unseen in training. Where the two schemes differ, a mention next to a missing tag may continue
   * there or not, so that its first or last label is unknown unless its tag alone determines it.
   */
  public int[] ids(Sentence sentence, TagSequence tags) {
    return scripts == null ? ids(tags) : ids(TagSequence.of(CorpusLabels.scripts(sentence, tags)));
  }

  /** Converts tags that do not depend on the words. */
  public int[] ids(TagSequence tags) {
    List<String> converted = convert(tags.tags(), fileScheme, modelScheme);
    int[] numbers = new int[converted.size()];
    for (int i = 0; i < numbers.length; i++) {
      boolean known = fileScheme == modelScheme || isCertain(tags, i);
      numbers[i] = known ? id(converted.get(i)) : Head.NO_LABEL;
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
        modelScheme == null || fileScheme == null ? tags : modelScheme.convert(tags, fileScheme),
        shares);
  }

  /**
   * Converts the ids of a sentence to tags, or to lemmas if the labels are scripts. A word to which
   * its script does not apply is its own lemma.
   */
  public TagSequence tags(Sentence sentence, int[] numbers, float[] probabilities) {
    TagSequence tags = tags(numbers, probabilities);
    if (scripts == null) {
      return tags;
    }
    List<String> lemmas = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      String form = LookupForm.of(sentence.form(i));
      lemmas.add(applied(numbers[i], form).orElse(form));
    }
    return new TagSequence(lemmas, tags.probabilities());
  }

  /** Returns tags in the scheme of the files, made legal if they are chunk tags. */
  TagSequence legal(TagSequence tags) {
    return modelScheme == null || fileScheme == null
        ? tags
        : new TagSequence(fileScheme.convert(tags.tags(), fileScheme), tags.probabilities());
  }
}
