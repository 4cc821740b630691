package io.github.rnnotator.onnx;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.onnx.OnnxModel.ElementType;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files in the ONNX format. The tests of networks check that ONNX Runtime reads them. */
class OnnxModelTest {
  @Test
  void modelOverSizeLimitIsRefused() {
    byte[] megabytes = new byte[1 << 26];
    Tensor tensor = new Tensor("w", ElementType.FLOAT, List.of(1L << 24), megabytes);
    OnnxModel model =
        new OnnxModel(
            17,
            new OnnxModel.Graph(
                "large", List.of(), Collections.nCopies(32, tensor), List.of(), List.of()),
            Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.write(OutputStream.nullOutputStream()))
        .withMessageContaining("2 GiB");
  }
}
