package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every token of another library has a form that can be tagged. */
class VisibleFormTest {
  @Test
  void aFormWithoutVisibleCharactersIsReplaced() {
    for (String form : Arrays.asList(null, "", " ", "\t\n", "\u3000")) {
      assertThat(VisibleForm.isMissing(form)).isTrue();
      assertThat(VisibleForm.of(form)).isNotBlank();
    }
  }

  @Test
  void anyOtherFormIsKept() {
    for (String form : new String[] {"Anna", " a ", ".", "\ufffd"}) {
      assertThat(VisibleForm.isMissing(form)).isFalse();
      assertThat(VisibleForm.of(form)).isEqualTo(form);
    }
  }
}
