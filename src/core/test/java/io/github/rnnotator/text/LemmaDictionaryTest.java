package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LemmaDictionaryTest {
  private static final List<TaggedSentence> CORPUS =
      List.of(
          sentence("saw NOUN saw", "saw VERB see", "Saws NOUN saw", "left VERB leave"),
          sentence("saw VERB saw", "left VERB leave", "x X _"));

  /** Words with a tag and a lemma; {@code _} for none. */
  private static TaggedSentence sentence(String... words) {
    List<String[]> cells = Arrays.stream(words).map(word -> word.split(" ")).toList();
    return new TaggedSentence(
        Sentence.of(cells.stream().map(word -> word[0]).toList()),
        Map.of(
            "upos",
            TagSequence.of(cells.stream().map(word -> word[1]).toList()),
            "lemma",
            TagSequence.of(
                cells.stream()
                    .map(word -> word[2].equals("_") ? TagSequence.MISSING : word[2])
                    .toList())));
  }

  @Test
  void onlyLemmasThatAreAlwaysTheSameAreLearned() {
    LemmaDictionary dictionary = LemmaDictionary.learn(List.of(CORPUS), "lemma", "upos");
    assertThat(dictionary.find("saw", "NOUN")).contains("saw");
    assertThat(dictionary.find("left", "VERB")).contains("leave");
    assertThat(dictionary.find("saw", "VERB")).isEmpty();
    assertThat(dictionary.find("saws", "NOUN")).isEmpty();
    assertThat(dictionary.find("x", "X")).isEmpty();
    LemmaDictionary forms = LemmaDictionary.learn(List.of(CORPUS), "lemma", "");
    assertThat(forms.find("Saws", "whatever")).contains("saw");
    assertThat(forms.find("saw", "NOUN")).isEmpty();
    assertThat(LemmaDictionary.learn(List.of(CORPUS), "lemma", "xpos").lemmas()).isEmpty();
  }

  @Test
  void anEntryReplacesALemmaWithTheProbabilityOfTheTag() {
    LemmaDictionary dictionary = LemmaDictionary.learn(List.of(CORPUS), "lemma", "upos");
    Sentence sentence = Sentence.of("left", "saw", "Saws");
    TagSequence lemmas =
        new TagSequence(List.of("left", "saw", "saw"), List.of(0.75f, 0.625f, 0.5f));
    TagSequence tags =
        new TagSequence(List.of("VERB", "VERB", "NOUN"), List.of(0.875f, 0.25f, 0.375f));
    assertThat(dictionary.replace(sentence, lemmas, tags))
        .isEqualTo(
            new TagSequence(List.of("leave", "saw", "saw"), List.of(0.875f, 0.625f, 0.375f)));
    assertThat(dictionary.replace(sentence, TagSequence.of(lemmas.tags()), tags))
        .isEqualTo(TagSequence.of("leave", "saw", "saw"));
  }

  @Test
  void aRareExceptionDoesNotMakeAFormAmbiguous() {
    TaggedSentence usual = word("in", "in");
    TaggedSentence misprint = word("in", "into");
    for (int places : new int[] {98, 99}) {
      List<TaggedSentence> corpus = new ArrayList<>(Collections.nCopies(places, usual));
      corpus.add(misprint);
      assertThat(LemmaDictionary.learn(List.of(corpus), "lemma", "").find("in", "").isPresent())
          .isEqualTo(places == 99);
    }
  }

  @Test
  void ofCorporaThatDifferTheFirstDecides() {
    List<TaggedSentence> first = List.of(word("people", "people"), word("her", "she"));
    List<TaggedSentence> second =
        List.of(
            word("people", "person"),
            word("people", "person"),
            word("her", "her"),
            word("media", "medium"));
    LemmaDictionary both = LemmaDictionary.learn(List.of(first, second), "lemma", "");
    assertThat(both.find("people", "")).contains("people");
    assertThat(both.find("media", "")).contains("medium");
    // A word of several lemmas in the first corpus is left to its context.
    List<TaggedSentence> ambiguous = List.of(word("her", "she"), word("her", "her"));
    assertThat(LemmaDictionary.learn(List.of(ambiguous, second), "lemma", "").find("her", ""))
        .isEmpty();
  }

  private static TaggedSentence word(String form, String lemma) {
    return new TaggedSentence(Sentence.of(form), Map.of("lemma", TagSequence.of(lemma)));
  }

  @Test
  void entriesOfAnotherComeFirst() {
    LemmaDictionary old = new LemmaDictionary("upos", Map.of("a\tX", "b", "c\tX", "d"));
    LemmaDictionary more = new LemmaDictionary("upos", Map.of("a\tX", "e"));
    assertThat(old.with(more).lemmas()).containsEntry("a\tX", "e").containsEntry("c\tX", "d");
    LemmaDictionary others = new LemmaDictionary("xpos", Map.of("a\tX", "e"));
    assertThat(old.with(others)).isEqualTo(others);
  }

  @Test
  void entriesNeedAFormATagAndALemma() {
    for (Map<String, String> entries : List.of(Map.of("a", "b"), Map.of("\tX", "b"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LemmaDictionary("upos", entries))
          .withMessageContaining("expected form, tag and lemma");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LemmaDictionary("upos", Map.of("a\tX", "")))
        .withMessageContaining("expected form, tag and lemma");
  }

  /** Short strings of few letters: many are equal, and "Aa" and "BB" have the same hash code. */
  private static String word(SplittableRandom random, String letters, int longest) {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(longest); i > 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  @Test
  void findsWhatAMapOfTheSameEntriesHas() {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, String> map = new TreeMap<>();
      StringBuilder text = new StringBuilder("#\n");
      List<int[]> places = new ArrayList<>();
      for (int i = random.nextInt(300); i > 0; i--) {
        String form = word(random, "AaB\uAC00", 3);
        String key = form + "\t" + word(random, "XY", 2);
        String lemma = word(random, "AaB", 3);
        map.put(key, lemma);
        int begin = text.length();
        text.append(key).append('\t').append(lemma.equals(form) ? "" : lemma);
        places.add(new int[] {begin, begin + key.length(), text.length()});
        text.append('\n');
      }
      LemmaDictionary.Lines lines = new LemmaDictionary.Lines(text.toString());
      places.forEach(place -> lines.add(place[0], place[1], place[2]));
      LemmaDictionary dictionary = lines.build("upos");
      assertThat(dictionary.lemmas()).as("seed %d", seed).isEqualTo(map);
      assertThat(dictionary).isEqualTo(new LemmaDictionary("upos", map));
      for (int i = 0; i < 300; i++) {
        String form = word(random, "AaB\uAC00", 3);
        String tag = word(random, "XY", 2);
        assertThat(dictionary.find(form, tag).orElse(""))
            .isEqualTo(map.getOrDefault(form + "\t" + tag, ""));
        assertThat(dictionary.hasLemma(form)).isEqualTo(map.containsValue(form));
      }
    }
  }
}
