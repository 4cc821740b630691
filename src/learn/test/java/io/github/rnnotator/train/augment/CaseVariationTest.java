package io.github.rnnotator.train.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseVariationTest {
  private static final CaseVariation.Mentions NER =
      new CaseVariation.Mentions("ner", TagScheme.IOB2);

  private static TaggedSentence sentence() {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("upos", TagSequence.of("PROPN", "PROPN", "VERB", "PROPN", "PROPN", "PUNCT"));
    tags.put("lemma", TagSequence.of("Ann", "Lee", "see", "New", "York", "."));
    tags.put("ner", TagSequence.of("B-PER", "I-PER", "O", "B-LOC", "I-LOC", "O"));
    return new TaggedSentence(Sentence.of("Ann", "Lee", "saw", "New", "york", "."), tags);
  }

  /** Returns the first variation that passes. */
  private static TaggedSentence variation(Predicate<TaggedSentence> test) {
    CaseVariation variation = new CaseVariation(1, NER, List.of("lemma"));
    for (int seed = 0; seed < 1000; seed++) {
      TaggedSentence varied = variation.vary(sentence(), new SplittableRandom(seed));
      if (test.test(varied)) {
        return varied;
      }
    }
    throw new AssertionError("no variation passes");
  }

  @Test
  void lowerAndUpperCaseKeepAllTags() {
    TaggedSentence lower = variation(varied -> varied.sentence().form(0).equals("ann"));
    assertThat(lower.sentence().forms()).containsExactly("ann", "lee", "saw", "new", "york", ".");
    assertThat(lower.tags()).isEqualTo(sentence().tags());
    TaggedSentence upper = variation(varied -> varied.sentence().form(2).equals("SAW"));
    assertThat(upper.sentence().forms()).containsExactly("ANN", "LEE", "SAW", "NEW", "YORK", ".");
    assertThat(upper.tags()).isEqualTo(sentence().tags());
  }

  @Test
  void aHashtagIsOneTokenOfItsType() {
    TaggedSentence varied = variation(v -> v.sentence().form(0).startsWith("#"));
    assertThat(varied.sentence().forms()).containsExactly("#AnnLee", "saw", "#NewYork", ".");
    assertThat(varied.tags("ner").tags()).containsExactly("B-PER", "O", "B-LOC", "O");
    assertThat(varied.tags("upos").tags()).containsExactly("PROPN", "VERB", "PROPN", "PUNCT");
    assertThat(varied.tags("lemma").tags()).containsExactly("", "see", "", ".");
  }

  @Test
  void aMissingTagStaysMissing() {
    Map<String, TagSequence> tags = Map.of("ner", TagSequence.of("B-PER", "", "O"));
    TaggedSentence partial = new TaggedSentence(Sentence.of("Ann", "x", "y"), tags);
    CaseVariation variation = new CaseVariation(1, NER, List.of());
    for (int seed = 0; seed < 100; seed++) {
      TaggedSentence varied = variation.vary(partial, new SplittableRandom(seed));
      assertThat(varied.tags("ner").tags()).containsExactly("B-PER", "", "O");
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.25f, 1})
  void theShareOfVariedSentencesIsAsSet(float share) {
    CaseVariation variation = new CaseVariation(share, NER, List.of());
    SplittableRandom random = new SplittableRandom(1);
    int varied = 0;
    for (int i = 0; i < 4000; i++) {
      varied += variation.vary(sentence(), random).equals(sentence()) ? 0 : 1;
    }
    assertThat(varied / 4000.0).isBetween(share - 0.03, share + 0.03);
  }

  @Test
  void withoutMentionsThereAreNoHashtags() {
    CaseVariation variation = new CaseVariation(1, null, List.of());
    for (int seed = 0; seed < 100; seed++) {
      TaggedSentence varied = variation.vary(sentence(), new SplittableRandom(seed));
      assertThat(varied.size()).isEqualTo(6);
    }
  }

  @Test
  void aShareIsAFraction() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CaseVariation(1.5f, null, List.of()))
        .withMessage("the share is 1.5, expected 0 to 1");
  }
}
