package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A morpheme of a word, as Korean treebanks have them: the lemma {@code 정부+는} with the tag {@code
 * NNG+JX} is {@code 정부/NNG} and {@code 는/JX}.
 *
 * @param form the morpheme
 * @param tag its part of speech
 */
public record Morpheme(String form, String tag) {
  private static final String SEPARATOR = "\\+";

  /**
   * Returns the morphemes of a word; none if the lemma and the tag do not have equally many.
   *
   * @param lemma the morphemes, joined by {@code +}; a lone {@code +} is a morpheme
   * @param tag their tags, joined by {@code +}
   */
  public static List<Morpheme> of(String lemma, String tag) {
    List<String> tags = Arrays.asList(tag.split(SEPARATOR, -1));
    List<String> forms =
        tags.size() == 1 ? List.of(lemma) : Arrays.asList(lemma.split(SEPARATOR, -1));
    if (forms.size() != tags.size() || forms.contains("") || tags.contains("")) {
      return List.of();
    }
    List<Morpheme> morphemes = new ArrayList<>();
    for (int i = 0; i < forms.size(); i++) {
      morphemes.add(new Morpheme(forms.get(i), tags.get(i)));
    }
    return morphemes;
  }

  /** Returns how many morphemes a lemma or a tag names; a lone {@code +} is one. */
  public static int count(String joined) {
    int count = 1;
    for (int i = 1; i < joined.length() - 1; i++) {
      count += joined.charAt(i) == '+' ? 1 : 0;
    }
    return count;
  }

  /**
   * Returns the morphemes of each word of a sentence, from its heads {@code lemma} and {@code
   * xpos}; an empty list if it lacks one of them, or no word has more than one morpheme.
   */
  public static List<List<Morpheme>> of(TaggedSentence sentence) {
    TagSequence lemmas = sentence.tags().get("lemma");
    TagSequence tags = sentence.tags().get("xpos");
    if (lemmas == null || tags == null) {
      return List.of();
    }
    List<List<Morpheme>> morphemes = new ArrayList<>();
    for (int i = 0; i < sentence.size(); i++) {
      morphemes.add(of(lemmas.tag(i), tags.tag(i)));
    }
    return morphemes.stream().anyMatch(word -> word.size() > 1) ? morphemes : List.of();
  }
}
