package io.github.rnnotator.train.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticlesTest {
  @ParameterizedTest
  @CsvSource({
    "부산, 는, 은",
    "대구, 은, 는",
    "대구, 이, 가",
    "김민수, 을, 를",
    "서울, 로, 로",
    "서울, 으로, 로",
    "부산, 로, 으로",
    "부산, 로부터, 으로부터",
    "대구, 으로부터, 로부터",
    "대구, 이라고, 라고",
    "부산, 라고, 이라고",
    "부산, 였다, 이었다",
    "부산, 에서, 에서",
    "대구, 의, 의",
    "대구, '', ''",
    "NATO, 은, 은",
    "'', 은, 은"
  })
  void aParticleHasTheFormThatItsNameRequires(String name, String before, String after) {
    assertThat(Particles.after(name, before)).isEqualTo(after);
    assertThat(Particles.after(name, after)).as("again").isEqualTo(after);
  }
}
