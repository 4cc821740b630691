package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniversalFeaturesTest {
  @ParameterizedTest
  @CsvSource({
    "Person=3|Number=Sing, Number=Sing|Person=3",
    "Number=Sing|Typo=Yes, Number=Sing",
    "ExtPos=ADV, _",
    "_, _",
    "Number=Sing|Number=Plur, Number=Plur|Number=Sing",
    "Number[psor]=Sing|Case=Nom, Case=Nom",
    "odd, _",
  })
  void onlyUniversalFeaturesAreKeptInOrder(String feats, String universal) {
    assertThat(UniversalFeatures.of(feats)).isEqualTo(universal);
  }

  @Test
  void eachFeatureHasItsValue() {
    assertThat(UniversalFeatures.values("Number=Sing|Typo=Yes|odd"))
        .isEqualTo(Map.of("Number", "Number=Sing", "Typo", "Typo=Yes"));
    assertThat(UniversalFeatures.values("_")).isEmpty();
  }
}
