package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TinySegmenters;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a text arrives and is divided, its sentences are those of the whole. */
class SegmentedSectionsTest {
  /** A stream that gives a few bytes at a time, so that it stops at any character and within. */
  private static final class Trickle extends FilterInputStream {
    private final Random random;

    Trickle(byte[] bytes, Random random) {
      super(new ByteArrayInputStream(bytes));
      this.random = random;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(3000)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void sectionsHaveTheSentencesOfTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    TextSegmenter segmenter = TextSegmenter.of(TinySegmenters.random(seed));
    String text = text(random, seed % 2 == 0 ? 40 : 20_000);
    assertThat(text.length()).isGreaterThan(2 * DocumentFormat.LONGEST);

    List<Sentence> parts = new ArrayList<>();
    Annotator annotator = Annotator.of(segmenter, documents -> List.of());
    DocumentFormat format = new DocumentFormat.Text(segmenter::cut, DocumentFormat.LONGEST);
    InputStream in = new Trickle(text.getBytes(StandardCharsets.UTF_8), random);
    try (DocumentReader reader = format.open(in, "text", Position.START)) {
      for (Optional<Document> part = reader.read(); part.isPresent(); part = reader.read()) {
        int begin = (int) part.get().section().unit();
        for (TaggedSentence sentence : annotator.segment(part.get()).sentences()) {
          parts.add(moved(sentence.sentence(), begin));
        }
      }
    }
    List<Sentence> whole = segmenter.segment(text).stream().map(s -> moved(s, 0)).toList();
    assertThat(parts).isEqualTo(whole);
    assertThat(whole.size()).isGreaterThan(100);
  }

  /** Without multiword tokens, whose words have the offsets to be compared. */
  private static Sentence moved(Sentence sentence, int by) {
    List<Token> tokens = new ArrayList<>();
    sentence.tokens().forEach(t -> tokens.add(new Token(t.form(), t.begin() + by, t.end() + by)));
    return new Sentence(tokens);
  }

  private static String text(Random random, int paragraph) {
    String[] words = {
      "a", "B", "da", "don't", "a.", "가가", "漢字", "C,", "x-y", "3.5%", "\uD83D\uDE80"
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      text.append(words[random.nextInt(words.length)]);
      int choice = random.nextInt(paragraph);
      text.append(choice == 0 ? "\n\n" : choice == 1 ? "\n" : random.nextInt(9) == 0 ? "" : " ");
    }
    return text.toString();
  }
}
