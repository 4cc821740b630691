package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.tagger.HeadConfig.Kind;
import io.github.rnnotator.text.TagScheme;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HeadConfigTest {
  @Test
  void whatIsLeftOutHasADefault() {
    assertThat(HeadConfig.softmax())
        .isEqualTo(
            new HeadConfig(
                Kind.SOFTMAX, null, 1, 0, 0, null, null, null, null, false, 0, List.of()));
    assertThat(HeadConfig.crf(TagScheme.IOBES).weight(2))
        .isEqualTo(
            new HeadConfig(
                Kind.CRF, TagScheme.IOBES, 2, 0, 0, null, null, null, null, false, 0, List.of()));
  }

  @Test
  void eachSettingIsForItsKindAlone() {
    refused(
        Kind.CRF,
        0.1f,
        0,
        "a head of kind: crf has smoothing: 0.1; a CRF has no label smoothing, remove it");
    refused(Kind.DOCUMENT, 0, 1, "a head of kind: document has margin: 1.0, which only crf can");
    refused(Kind.SOFTMAX, 0, 1, "a head of kind: softmax has margin: 1.0, which only crf can");
  }

  @Test
  void aHeadOfLemmasHasScriptsThatOccurOftenAndADictionary() {
    assertThat(HeadConfig.lemma().minCount()).isEqualTo(3);
    assertThat(HeadConfig.lemma().dictionary()).isTrue();
    assertThat(HeadConfig.lemma().minCount(1).dictionary(false).weight(2))
        .isEqualTo(
            new HeadConfig(Kind.LEMMA, null, 2, 0, 0, null, 1, false, null, false, 0, List.of()));
    assertThat(HeadConfig.feats().minCount()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadConfig.lemma().minCount(0))
        .withMessage("a head has min_count: 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadConfig.softmax().minCount(2))
        .withMessage("a head has min_count: 2, which only kind: lemma can have, not softmax");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadConfig.crf().dictionary(true))
        .withMessage("a head has dictionary: true, which only kind: lemma can have, not crf");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new HeadConfig(
                    Kind.FEATS,
                    TagScheme.IOB2,
                    1,
                    0,
                    0,
                    null,
                    null,
                    null,
                    null,
                    false,
                    0,
                    List.of()))
        .withMessageStartingWith("a head of kind: feats has scheme: IOB2");
  }

  @Test
  void tagsAndScriptsMayShareTheWeightsOfTheirParts() {
    assertThat(HeadConfig.softmax().sharesParts()).isFalse();
    assertThat(HeadConfig.softmax().parts(true).sharesParts()).isTrue();
    assertThat(HeadConfig.lemma().parts(true).parts(false)).isEqualTo(HeadConfig.lemma());
    assertThat(HeadConfig.feats().sharesParts()).isTrue();
    for (HeadConfig head : List.of(HeadConfig.crf(), HeadConfig.feats())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> head.parts(true))
          .withMessage(
              "a head has parts: true, which only kind: softmax and kind: lemma can have, not %s",
              head.kind().name().toLowerCase(Locale.ROOT));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadConfig.softmax(TagScheme.IOB2).parts(true))
        .withMessageStartingWith("a head has parts: true and scheme: IOB2");
  }

  @Test
  void statesMayBeProjectedBeforeHeadsOfManyLabels() {
    assertThat(HeadConfig.softmax().rank()).isZero();
    assertThat(HeadConfig.lemma().rank(64).rank(0)).isEqualTo(HeadConfig.lemma());
    for (int rank : new int[] {-1, (1 << 14) + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HeadConfig.softmax().rank(rank))
          .withMessage("a head has rank: %d, expected 0 to 16384", rank);
    }
    assertThat(HeadConfig.feats().rank(8).rank()).isEqualTo(8);
    assertThat(HeadConfig.lemma().parts(true).rank(8).parts()).isTrue();
    for (HeadConfig head : List.of(HeadConfig.crf(), HeadConfig.document(HeadConfig.Pooling.MAX))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> head.rank(8))
          .withMessage(
              "a head has rank: 8, which only kind: softmax, kind: feats and kind: lemma can have,"
                  + " not %s",
              head.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    refused(Kind.SOFTMAX, 1, 0, "a head has smoothing: 1.0, expected 0 or more and less than 1");
    refused(Kind.CRF, 0, -1, "a head has margin: -1.0, expected 0 to 1000");
    refused(Kind.CRF, 0, Float.NaN, "a head has margin: NaN, expected 0 to 1000");
    for (float weight : new float[] {0, -1, Float.POSITIVE_INFINITY, Float.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HeadConfig.softmax().weight(weight))
          .withMessage("a head has weight: " + weight + ", expected more than 0, and finite");
    }
  }

  private static void refused(Kind kind, float smoothing, float margin, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new HeadConfig(
                    kind, null, 1, smoothing, margin, null, null, null, null, false, 0, List.of()))
        .withMessageStartingWith(message);
  }
}
