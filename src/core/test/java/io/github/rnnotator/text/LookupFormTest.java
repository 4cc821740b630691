package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only spellings that look the same have the same lookup form. */
class LookupFormTest {
  private static final String IGNORABLE =
      "\u00AD\u034F\u200C\u200D\u200E\u200F\u202A\u202E\u2060\u2066\uFE0F\uFEFF\u3164";

  /** Visible format characters: signs that enclose numbers, and annotations. */
  private static final Set<Integer> SHOWN_FORMATS =
      Set.of(0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD);

  @Property
  void compositionDoesNotMatter(@ForAll("words") String word) {
    String form = LookupForm.of(word);
    assertThat(LookupForm.of(Normalizer.normalize(word, Form.NFD))).isEqualTo(form);
    assertThat(LookupForm.of(Normalizer.normalize(word, Form.NFC))).isEqualTo(form);
    assertThat(Normalizer.isNormalized(form, Form.NFC)).isTrue();
    assertThat(LookupForm.of(form)).isEqualTo(form);
  }

  @Property
  void invisibleCharactersDoNotMatter(
      @ForAll("words") String word, @ForAll("invisible") String invisible, @ForAll int place) {
    if (!LookupForm.isInvisible(word)) {
      int at =
          word.offsetByCodePoints(0, Math.floorMod(place, word.codePointCount(0, word.length())));
      String marked = word.substring(0, at) + invisible + word.substring(at);
      assertThat(LookupForm.of(marked)).isEqualTo(LookupForm.of(word));
      assertThat(LookupForm.same(marked, word)).isTrue();
    }
  }

  @Property
  void plainFormIsItsOwnLookupForm(@ForAll String word) {
    if (LookupForm.isPlain(word)) {
      assertThat(LookupForm.of(word)).isEqualTo(word);
      assertThat(Normalizer.isNormalized(word, Form.NFC)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Zoe\u0308, Zo\u00EB",
    "\u1109\u1165\u110B\u116E\u11AF, \uC11C\uC6B8",
    "\u200ERobert\u200F, Robert",
    "Ber\u00ADlin, Berlin",
    "\u2764\uFE0F, \u2764",
    "e\u00AD\u0301t\u00E9, \u00E9t\u00E9",
    "\u2060, \u2060",
    "(, (",
  })
  void examples(String word, String form) {
    assertThat(LookupForm.of(word)).isEqualTo(form);
  }

  @Test
  void formatCharactersExceptVisibleOnesAreIgnorable() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> Character.getType(c) == Character.FORMAT)
        .filter(c -> !SHOWN_FORMATS.contains(c))
        .filter(c -> !(c >= 0x600 && c <= 0x605) && !(c >= 0xFFF9 && c <= 0xFFFB))
        .filter(c -> !(c >= 0x13430 && c <= 0x1345F))
        .forEach(c -> assertThat(LookupForm.isIgnorable(c)).as("U+%04X", c).isTrue());
  }

  @Test
  void letterOrDigitIsIgnorableOnlyAsFiller() {
    int[] letters =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(Character::isLetterOrDigit)
            .filter(LookupForm::isIgnorable)
            .toArray();
    assertThat(letters).containsExactly(0x115F, 0x1160, 0x3164, 0xFFA0);
  }

  @Test
  void documentedPythonProgramRemovesTheSameCharacters() throws IOException {
    String page = Files.readString(Path.of("docs/onnx.md"));
    String program =
        page.substring(page.indexOf("invisible = re.compile"), page.indexOf("def lookup"));
    Matcher ranges =
        Pattern.compile("\\\\[uU]([0-9a-f]+)(?:-\\\\[uU]([0-9a-f]+))?").matcher(program);
    boolean[] left = new boolean[Character.MAX_CODE_POINT + 1];
    while (ranges.find()) {
      int first = Integer.parseInt(ranges.group(1), 16);
      int last = ranges.group(2) == null ? first : Integer.parseInt(ranges.group(2), 16);
      IntStream.rangeClosed(first, last).forEach(c -> left[c] = true);
    }
    for (int c = 0; c < left.length; c++) {
      assertThat(left[c]).as("U+%04X", c).isEqualTo(LookupForm.isIgnorable(c));
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings()
        .withChars("aeZ09.-\u00E9\u00EB\uC11C\uC6B8\u4E2D\u2019")
        .withChars("\u0301\u0308\u0323\u1109\u1165\u11AF\u212B\u0F71\u0F72")
        .withChars(IGNORABLE)
        .ofMinLength(1)
        .ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> invisible() {
    return Arbitraries.strings().withChars(IGNORABLE).ofMinLength(1).ofMaxLength(3);
  }
}
