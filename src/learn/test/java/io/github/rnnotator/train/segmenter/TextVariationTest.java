package io.github.rnnotator.train.segmenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.segment.Pieces;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every variation of a text is a text with consistent labels. */
class TextVariationTest {
  private static final String[] FORMS = {
    "The", "house", "is", "big", "Anna", "12", "3.5", "don't", ",", "(", ")", "\"", "NASA", "한국은"
  };

  private static List<Passage> passages(RandomGenerator random) {
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<List<GoldToken>> sentences = new ArrayList<>();
      for (int s = 0; s <= random.nextInt(4); s++) {
        List<GoldToken> sentence = new ArrayList<>();
        for (int t = 0; t <= random.nextInt(12); t++) {
          String form = FORMS[random.nextInt(FORMS.length)];
          Gap gap = random.nextInt(5) == 0 ? Gap.NONE : Gap.SPACE;
          sentence.add(new GoldToken(form, form.equals("don't"), gap));
        }
        Gap end = random.nextInt(4) == 0 ? Gap.PARAGRAPH : Gap.SPACE;
        sentence.set(sentence.size() - 1, sentence.get(sentence.size() - 1).with(Gap.NONE));
        sentence.add(new GoldToken(random.nextInt(4) == 0 ? "!" : ".", false, end));
        sentences.add(sentence);
      }
      passages.add(new Passage(sentences, random.nextBoolean()));
    }
    return passages;
  }

  @Property(tries = 300)
  void labelsFitThePieces(@ForAll long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (String language : List.of("en", "ko", "pt")) {
      TextVariation variation =
          new TextVariation(passages(random), WordLists.of(language), random.nextInt(3) / 2f);
      List<TaggedSentence> sequences = variation.of(random).sentences();
      assertThat(sequences).isNotEmpty();
      for (TaggedSentence sequence : sequences) {
        checkLabels(sequence);
      }
    }
  }

  private static void checkLabels(TaggedSentence sequence) {
    List<String> tokens = sequence.tags(SegmenterModel.TOKEN).tags();
    List<String> sentences = sequence.tags(SegmenterModel.SENTENCE).tags();
    int last = -1;
    for (int i = 0; i < sequence.size(); i++) {
      String form = sequence.sentence().form(i);
      boolean lineBreak = form.equals(Pieces.SHORT_LINE) || form.equals(Pieces.LONG_LINE);
      assertThat(tokens.get(i).isEmpty()).isEqualTo(lineBreak);
      assertThat(sentences.get(i).isEmpty()).isEqualTo(lineBreak);
      if (sentences.get(i).equals(SegmenterModel.END)) {
        assertThat(tokens.get(i)).isNotEqualTo(SegmenterModel.INSIDE);
      }
      if (!lineBreak) {
        last = i;
      }
    }
    assertThat(sentences.get(last)).isEqualTo(SegmenterModel.END);
  }

  @Property(tries = 50)
  void theSameSeedGivesTheSameText(@ForAll long seed) {
    TextVariation variation =
        new TextVariation(passages(new SplittableRandom(seed)), WordLists.of("en"), 1);
    Dataset first = variation.of(new SplittableRandom(seed));
    assertThat(variation.of(new SplittableRandom(seed))).isEqualTo(first);
  }

  @Property(tries = 50)
  void variationsFollowThePassagesAsTheyAre(@ForAll long seed) {
    List<Passage> passages = passages(new SplittableRandom(seed));
    List<TaggedSentence> plain =
        TextVariation.none(passages).of(new SplittableRandom(seed)).sentences();
    List<TaggedSentence> all =
        new TextVariation(passages, WordLists.of("en"), 0.1f)
            .withVariations(new SplittableRandom(seed))
            .sentences();
    assertThat(all)
        .startsWith(plain.toArray(TaggedSentence[]::new))
        .hasSizeGreaterThan(plain.size());
    assertThat(TextVariation.none(passages).withVariations(new SplittableRandom(seed)).sentences())
        .isEqualTo(plain);
  }

  @Test
  void withoutASharePassagesStayAsTheyAre() {
    List<Passage> passages =
        List.of(
            new Passage(
                List.of(
                    List.of(
                        new GoldToken("Don't", true, Gap.SPACE),
                        GoldToken.touching("go"),
                        new GoldToken(".", false, Gap.PARAGRAPH)),
                    List.of(GoldToken.touching("Stay"), GoldToken.of("!"))),
                true));
    List<TaggedSentence> sequences =
        new TextVariation(passages, WordLists.of("en"), 0).of(new SplittableRandom(1)).sentences();
    assertThat(sequences).hasSize(2);
    TaggedSentence first = sequences.get(0);
    assertThat(first.sentence().forms()).containsExactly("Don", "##'", "##t", "go", "##.");
    assertThat(first.tags(SegmenterModel.TOKEN).tags())
        .containsExactly("inside", "inside", "multiword", "end", "end");
    assertThat(first.tags(SegmenterModel.SENTENCE).tags())
        .containsExactly("inside", "inside", "inside", "inside", "end");
    assertThat(sequences.get(1).sentence().forms()).containsExactly("Stay", "##!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko"})
  void everyKindOfTheListsIsUsed(String language) {
    WordLists lists = WordLists.of(language);
    assertThat(lists.kinds()).isNotEmpty();
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      List<GoldToken> sentence =
          new ArrayList<>(
              List.of(
                  GoldToken.of("We"),
                  GoldToken.of("saw"),
                  GoldToken.of("Anna"),
                  GoldToken.of("at"),
                  GoldToken.of("7"),
                  GoldToken.touching("today"),
                  GoldToken.of(".")));
      passages.add(new Passage(List.of(sentence, sentence), true));
    }
    StringBuilder text = new StringBuilder();
    for (TaggedSentence s :
        new TextVariation(passages, lists, 1).of(new SplittableRandom(4)).sentences()) {
      s.sentence().forms().forEach(f -> text.append(f.replace(Pieces.TOUCHES, "")));
      text.append(' ');
    }
    lists
        .kinds()
        .forEach(
            (kind, tokens) ->
                assertThat(tokens.stream().anyMatch(t -> text.indexOf(t.replace("_", "")) >= 0))
                    .as(kind)
                    .isTrue());
  }
}
