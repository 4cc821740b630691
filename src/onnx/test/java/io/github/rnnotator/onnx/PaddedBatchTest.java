package io.github.rnnotator.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.embed.TokenIds;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Sentence;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sentences as padded arrays. */
class PaddedBatchTest {
  private static final TaggerModel MODEL =
      TinyTaggers.untrained(
          TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos"),
          TinyTaggers.english(60),
          1,
          1);

  @Test
  void tokensFillTheirPositionsAndPaddingIsZero() {
    PaddedBatch batch =
        PaddedBatch.of(List.of(Sentence.of("to"), Sentence.of("The", "city", "!")), MODEL);
    assertThat(List.of(batch.batch(), batch.timesteps(), batch.length())).containsExactly(2, 3, 4);
    assertThat(batch.lengths()).containsExactly(1, 3);
    assertThat(batch.wordLengths()).containsExactly(2, 0, 0, 3, 4, 1);
    long to = ids("to").word();
    long city = ids("city").word();
    assertThat(List.of(to, city)).doesNotContain(0L);
    assertThat(batch.words()).containsExactly(to, 0, 0, ids("The").word(), city, ids("!").word());
    assertThat(batch.shapes()).containsExactly(0, 0, 0, 1, 0, 9);
    int[] letters = ids("city").characters();
    assertThat(batch.characters()).hasSize(2 * 3 * 4);
    assertThat(Arrays.copyOfRange(batch.characters(), 16, 20))
        .containsExactly(letters[0], letters[1], letters[2], letters[3]);
    assertThat(Arrays.copyOfRange(batch.characters(), 2, 12)).containsOnly(0);
  }

  @Test
  void emptyBatchIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaddedBatch.of(List.of(), MODEL))
        .withMessageContaining("at least one sentence");
  }

  private static TokenIds ids(String form) {
    return TokenIds.of(form, MODEL.config().embed(), MODEL.vocabularies());
  }
}
