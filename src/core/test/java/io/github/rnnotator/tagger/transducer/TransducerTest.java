package io.github.rnnotator.tagger.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.nn.seq2seq.IdPair;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransducerTest {
  private static final TransducerModel MODEL = TinyTransducers.model(Attention.ADDITIVE, 1);

  private static List<String> sources(int n) {
    SplittableRandom random = new SplittableRandom(n);
    List<String> sources = new ArrayList<>(List.of("", "q", "a b"));
    while (sources.size() < n) {
      StringBuilder source = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        source.append("ab한 z".charAt(random.nextInt(5)));
      }
      sources.add(source.toString());
    }
    return sources;
  }

  @Test
  void anySourceInAnyBatchGivesTheSameOutputs() {
    Transducer transducer = new Transducer(MODEL);
    List<String> sources = sources(80);
    List<List<Transducer.Output>> together = transducer.transduce(sources, 3);
    assertThat(together).hasSize(80);
    for (int i = 0; i < 80; i++) {
      assertThat(together.get(i))
          .isEqualTo(transducer.transduce(List.of(sources.get(i)), 3).get(0));
      assertThat(together.get(i).get(0).text()).isEqualTo(best(transducer, sources.get(i)));
    }
  }

  /** With as many outputs as the beam has beginnings. */
  private static String best(Transducer transducer, String source) {
    return transducer.transduce(List.of(source), 3).get(0).get(0).text();
  }

  @Test
  void outputsAreRankedAndEnd() {
    for (List<Transducer.Output> outputs : new Transducer(MODEL).transduce(sources(30), 4)) {
      double before = 0;
      for (Transducer.Output output : outputs) {
        assertThat(output.probability()).isBetween(0.0, 1.0);
        assertThat(output.score()).isLessThanOrEqualTo(before);
        before = output.score();
        assertThat(Unit.TOKENS.split(output.text()).size()).isLessThanOrEqualTo(3 + 7);
      }
    }
  }

  static Stream<TransducerModel> models() {
    return Stream.concat(
        Stream.of(Attention.values()).map(attention -> TinyTransducers.model(attention, 1)),
        Stream.of(TinyTransducers.copying(1)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void allOperationsAndBatchesGiveTheSameOutputs(TransducerModel model) {
    List<String> sources = sources(20);
    SearchConfig search = SearchConfig.defaults();
    List<List<Transducer.Output>> all =
        new Transducer(model, search, Ops.best()).transduce(sources, 4);
    assertThat(new Transducer(model, search, Ops.scalar()).transduce(sources, 4)).isEqualTo(all);
    for (int i = 0; i < sources.size(); i++) {
      assertThat(new Transducer(model).transduce(sources.subList(i, i + 1), 4).get(0))
          .isEqualTo(all.get(i));
    }
  }

  /** Without the vocabulary all that is left to write is what the source has. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aClosedGateWritesOnlySymbolsOfTheSource(int beam) {
    TransducerModel model = TinyTransducers.copying(1);
    Samples.parameter(model.parameters(), "copy.bias").value().data[0] = -100;
    SearchConfig search = SearchConfig.defaults().beam(beam);
    Set<String> copied = new HashSet<>();
    for (String source : sources(80)) {
      Transducer transducer = new Transducer(model, search, Ops.best());
      for (Transducer.Output output : transducer.transduce(List.of(source), beam).get(0)) {
        List<String> symbols = Unit.CHARACTERS.split(output.text());
        // Unlikely outputs of the beam may have others.
        if (output.probability() > 1e-20) {
          assertThat(Unit.CHARACTERS.split(source)).containsAll(symbols);
          copied.addAll(symbols);
        }
      }
    }
    assertThat(copied).contains("a", "z", "한", "q");
  }

  @Test
  void anOpenGateWritesOnlySymbolsOfTheVocabulary() {
    TransducerModel model = TinyTransducers.copying(1);
    Samples.parameter(model.parameters(), "copy.bias").value().data[0] = 100;
    for (List<Transducer.Output> outputs : new Transducer(model).transduce(sources(80), 1)) {
      assertThat(List.of("a", "b", "c", " "))
          .containsAll(Unit.CHARACTERS.split(outputs.get(0).text()));
    }
  }

  @Test
  void copiedSymbolsHaveIdsOfTheirOwn() {
    TransducerModel model = TinyTransducers.copying(1);
    int size = model.target().size();
    int a = model.target().id("a");
    IdPair pair = model.ids("zazq", "qaz");
    assertThat(pair.source().copies()).containsExactly(size, a, size, size + 1, 0);
    assertThat(pair.target()).containsExactly(size + 1, a, size);
    assertThat(model.text("zazq", pair.target())).isEqualTo("qaz");
    Transducer.Alignment alignment = new Transducer(model).attention("zaz", "az");
    assertThat(alignment.weights()).hasDimensions(3, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.ids("zaz", "q"))
        .withMessage("the model can't write the symbol 'q'");
    assertThat(MODEL.source("zab").copies()).isEmpty();
  }

  /** Of "x" and "y", which occur once, only "x" can be copied; "a" and "b" occur twice. */
  @Test
  void symbolsThatOccurOnceAreLeftToCopying() {
    List<List<String>> sources = List.of(List.of("x", "a"), List.of("a", "b"), List.of("b", "q"));
    List<List<String>> targets = List.of(List.of("x", "a"), List.of("a", "y"), List.of("b", "b"));
    TransducerModel.Symbols symbols = TransducerModel.Symbols.copied(sources, targets);
    assertThat(symbols.target().entries())
        .extracting(Vocabulary.Entry::text)
        .containsExactly("a", "b", "y");
    assertThat(symbols.source().contains("x")).isTrue();
    assertThat(TransducerModel.Symbols.of(sources, targets).target().contains("x")).isTrue();
  }

  @Test
  void copyingNeedsTheSameSymbolsOnBothSides() {
    TransducerConfig config = TinyTransducers.config(Attention.GENERAL);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TransducerConfig(
                    config.input(),
                    config.embed(),
                    config.encoder(),
                    config.decoder().copy(true),
                    config.search()))
        .withMessage(
            "decoder.copy is true with input {source: characters, target: tokens}, expected the"
                + " same symbols");
  }

  @Test
  void aRowOfTheAttentionSumsToOne() {
    Transducer.Alignment alignment = new Transducer(MODEL).attention("ab", "B AA");
    assertThat(alignment.source()).containsExactly("a", "b", "");
    assertThat(alignment.target()).containsExactly("B", "AA", "");
    assertThat(alignment.weights()).hasDimensions(3, 3);
    for (float[] row : alignment.weights()) {
      assertThat(row[0] + row[1] + row[2]).isCloseTo(1, within(1e-6f));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transducer(MODEL).attention("ab", "B X"))
        .withMessage("the model can't write the symbol 'X'");
  }

  @Test
  void aSourceOfTenThousandSymbolsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transducer(MODEL).transduce("a".repeat(10_000)))
        .withMessage("a source of 10000 symbols, expected at most 2000");
    for (Attention attention : Attention.values()) {
      Transducer transducer = new Transducer(TinyTransducers.model(attention, 1));
      assertThat(transducer.transduce("a".repeat(TransducerModel.LONGEST))).isNotNull();
    }
  }

  @Test
  void dotAttentionNeedsStatesOfOneLength() {
    TransducerConfig general = TinyTransducers.config(Attention.GENERAL);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TransducerConfig(
                    general.input(),
                    general.embed(),
                    general.encoder(),
                    general.decoder().attention(Attention.DOT).recurrent(CellKind.GRU, 5),
                    general.search()))
        .withMessageContaining("the encoder's have 6 and decoder.hidden is 5");
  }

  @ParameterizedTest
  @CsvSource({
    "CHARACTERS, ab 한, a|b| |한",
    "LETTERS, 한é, \u1112|\u1161|\u11ab|e|\u0301",
    "TOKENS, AA1  B\u00a0C, AA1|B\u00a0C",
    "CHARACTERS, \ud83d\ude00x, \ud83d\ude00|x"
  })
  void unitsCutAndJoin(Unit unit, String text, String symbols) {
    List<String> cut = unit.split(text);
    assertThat(cut).containsExactly(symbols.split("\\|"));
    assertThat(unit.split(unit.join(cut))).isEqualTo(cut);
  }

  @Test
  void emptyTextsHaveNoSymbols() {
    for (Unit unit : Unit.values()) {
      assertThat(unit.split("")).isEmpty();
      assertThat(unit.join(List.of())).isEmpty();
    }
    assertThat(Unit.TOKENS.split("  ")).isEmpty();
  }
}
