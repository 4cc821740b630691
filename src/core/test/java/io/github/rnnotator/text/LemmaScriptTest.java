package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LemmaScriptTest {
  @Property(tries = 2000)
  void scriptAppliedToItsFormGivesTheLemma(@ForAll long seed) {
    Random random = new Random(seed);
    String form = word(random);
    String lemma = random.nextBoolean() ? word(random) : changed(form, random);
    LemmaScript script = LemmaScript.of(form, lemma);
    assertThat(script.apply(form)).as("%s from %s by %s", lemma, form, script).contains(lemma);
  }

  @Property(tries = 500)
  void anyStringsHaveAScriptThatIsParsedAgain(@ForAll String form, @ForAll String lemma) {
    if (lemma.isEmpty()) {
      return;
    }
    LemmaScript script = LemmaScript.of(form, lemma);
    LemmaScript parsed = LemmaScript.parse(script.toString());
    assertThat(parsed).isEqualTo(script).hasSameHashCodeAs(script);
    assertThat(parsed.apply(form)).contains(lemma);
  }

  @Property(tries = 500)
  void whatAScriptGivesAnotherFormIsNotEmpty(@ForAll long seed) {
    Random random = new Random(seed);
    LemmaScript script = LemmaScript.of(word(random), word(random));
    String other = word(random);
    assertThat(script.apply(other).filter(String::isEmpty)).isEmpty();
    String form = word(random);
    assertThat(LemmaScript.KEEP.apply(form)).contains(form);
  }

  @ParameterizedTest
  @CsvSource({
    "books, book, l0;;-",
    "Books, book, l0;;-",
    "studies, study, l0;;---+y",
    "geese, goose, l0;>--+o+o;",
    "NASA, NASA, u0;;",
    "U.S., U.S., u0;;",
    "SMITH, Smith, u0l1;;",
    "London, London, u0l1;;",
    "iPhones, iPhone, k;;-",
    "McCain, McCain, k;;",
    "EBAY, eBay, l0u1l2;;",
    "is, be, =be",
    "2003, 2003, l0;;",
    "스타벅스가, 스타벅스+가, l0;;++>",
    "가까운, 가깝+ㄴ, l0;;^읍-+++ㄴ",
    "추운, 춥+ㄴ, l0;;^읍-+++ㄴ",
    "들어, 듣+어, l0;;^읃++>",
    "갔다, 가+았+다, l0;;<+++았++>",
    "샀다, 사+았+다, l0;;<+++았++>",
    "공부했다, 공부하+았+다, l0;;~아+++았++>",
    "나에게, 나+에게, l0;;++>>",
    "친구에게, 친구+에게, l0;;++>>",
    "예, 네, =네",
  })
  void sharedScriptsAreShort(String form, String lemma, String script) {
    assertThat(LemmaScript.of(form, lemma)).hasToString(script);
  }

  @Test
  void aPlainFormIsItsOwnLemma() {
    LemmaScript lower = LemmaScript.parse("l0;;");
    assertThat(lower.apply("walk")).contains("walk");
    assertThat(lower.apply("Walk")).contains("walk");
    assertThat(lower.apply("ÉCOLE")).contains("école");
    assertThat(lower.apply("")).isEmpty();
  }

  @Test
  void aFormTooShortForAScriptHasNoLemma() {
    LemmaScript ing = LemmaScript.of("walking", "walk");
    assertThat(ing.apply("sing")).contains("s");
    assertThat(ing.apply("ing")).isEmpty();
    assertThat(ing.apply("in")).isEmpty();
  }

  @Test
  void hugeWordsAreNotSearchedForASubstring() {
    String form = "ab".repeat(5000);
    assertThat(LemmaScript.of(form, form)).isEqualTo(LemmaScript.KEEP);
    assertThat(LemmaScript.of(form, form + "x").apply(form)).contains(form + "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "l0",
        "l0;",
        "l0;;;",
        ";;",
        "x;;",
        "k0;;",
        "l;;",
        "l0;a;",
        "l0;;+",
        "l0;;~",
        "l0;;^a",
        "l99999;;"
      })
  void otherTextIsNotAScript(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LemmaScript.parse(text))
        .withMessageContaining("is not a lemma script");
  }

  @Test
  void syllablesChangeOnlyWhereTheyFit() {
    LemmaScript went = LemmaScript.of("갔다", "가+았+다");
    assertThat(went.apply("샀다")).contains("사+았+다");
    assertThat(went.apply("가다")).as("no final consonant").isEmpty();
    assertThat(went.apply("go")).as("no syllable").isEmpty();
    assertThat(LemmaScript.of("했다", "하+았+다").apply("랬다")).contains("라+았+다");
  }

  @Test
  void anEmptyLemmaIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LemmaScript.of("x", ""))
        .withMessage("the lemma of 'x' is empty");
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      word.append(character(random));
    }
    return word.toString();
  }

  /** Few characters, so that words have substrings in common; with and without case. */
  private static String character(Random random) {
    String[] characters = {
      "a", "b", "A", "B", "é", "İ", "ß", "+", ";", "-", "=", "가", "갔", "업", "하", "𝒜", "Σ"
    };
    return characters[random.nextInt(characters.length)];
  }

  private static String changed(String word, Random random) {
    StringBuilder changed = new StringBuilder(word);
    for (int i = random.nextInt(3); i > 0; i--) {
      changed.insert(random.nextBoolean() ? 0 : changed.length(), character(random));
    }
    return random.nextInt(3) == 0
        ? changed.toString().toUpperCase(Locale.ROOT)
        : changed.toString();
  }
}
