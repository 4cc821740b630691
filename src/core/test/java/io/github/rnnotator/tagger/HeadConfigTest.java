package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.tagger.HeadConfig.Kind;
import io.github.rnnotator.text.TagScheme;
import org.junit.jupiter.api.Test;

class HeadConfigTest {
  @Test
  void whatIsLeftOutHasADefault() {
    assertThat(HeadConfig.softmax()).isEqualTo(new HeadConfig(Kind.SOFTMAX, null, 1, 0, 0, null));
    assertThat(HeadConfig.crf(TagScheme.IOBES).weight(2))
        .isEqualTo(new HeadConfig(Kind.CRF, TagScheme.IOBES, 2, 0, 0, null));
  }

  @Test
  void eachSettingIsForItsKindAlone() {
    refused(Kind.CRF, 0.1f, 0, "a head of kind: crf has smoothing: 0.1, which only softmax can");
    refused(Kind.DOCUMENT, 0, 1, "a head of kind: document has margin: 1.0, which only crf can");
    refused(Kind.SOFTMAX, 0, 1, "a head of kind: softmax has margin: 1.0, which only crf can");
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
        .isThrownBy(() -> new HeadConfig(kind, null, 1, smoothing, margin, null))
        .withMessageStartingWith(message);
  }
}
