package io.github.rnnotator.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Text is written as UTF-8 independent of earlier texts; malformed text is not written at all. */
class Utf8OutputTest {
  private static final TaggedSentence SENTENCE =
      TaggedSentence.untagged(Sentence.of("a")).with(Origin.at("", 1));

  @Property(tries = 30)
  void textsAreWrittenAsUtf8AndMalformedOnesOmitted(
      @ForAll @Size(max = 4) List<String> texts, @ForAll @IntRange(max = 400_000) int length)
      throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Utf8Output out = new Utf8Output(written);
    StringBuilder expected = new StringBuilder();
    for (String text : texts) {
      // Alternate between short texts and texts longer than the buffer kept.
      for (String whole : List.of(text, text + "é".repeat(length), text + "\uD83D")) {
        try {
          out.write(SENTENCE, new StringBuilder(whole));
          expected.append(whole);
        } catch (CorpusException refused) {
          assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(whole)).isFalse();
        }
      }
    }
    out.flush();
    assertThat(written.toByteArray())
        .isEqualTo(expected.toString().getBytes(StandardCharsets.UTF_8));
  }
}
