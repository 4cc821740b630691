package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.train.JointTagger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights can be read as docs/model-file.md reads them. */
class ModelFileDocsTest {
  private static final TaggerModel MODEL = JointTagger.get().model();

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    JointTagger.write(MODEL, folder.resolve("ner.rnn"));
  }

  /** What the Python of the page does, in Java. */
  @Test
  void headerGivesTheOffsetOfEachWeight() throws IOException {
    byte[] bytes;
    try (ZipFile zip = new ZipFile(folder.resolve("ner.rnn").toFile())) {
      bytes = zip.getInputStream(zip.getEntry("weights.safetensors")).readAllBytes();
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) data.getLong();
    JsonNode header =
        new ObjectMapper().readTree(new String(bytes, 8, length, StandardCharsets.UTF_8));
    for (Parameter parameter : MODEL.parameters()) {
      JsonNode tensor = header.path(parameter.name());
      assertThat(tensor.path("dtype").asText()).as(parameter.name()).isEqualTo("F32");
      assertThat(tensor.path("shape").get(0).asInt()).isEqualTo(parameter.value().numRows);
      assertThat(tensor.path("shape").get(1).asInt()).isEqualTo(parameter.value().numCols);
      int begin = 8 + length + tensor.path("data_offsets").get(0).asInt();
      assertThat(8 + length + tensor.path("data_offsets").get(1).asInt())
          .isEqualTo(begin + 4 * parameter.size());
      for (int i = 0; i < parameter.size(); i++) {
        assertThat(data.getFloat(begin + 4 * i)).isEqualTo(parameter.value().data[i]);
      }
    }
  }

  @Test
  void theTensorsThatThePageNamesHaveSuchNames() throws IOException {
    List<String> names = MODEL.parameters().stream().map(Parameter::name).toList();
    assertThat(names)
        .contains(
            "embed.words",
            "embed.characters",
            "embed.shape",
            "encoder.0.forward.kernel",
            "encoder.0.backward.recurrent_kernel",
            "heads.upos.bias",
            "heads.ner.transitions");
    String page = Files.readString(Path.of("docs/model-file.md"));
    for (String name : List.of("encoder.0.forward.kernel", "embed.words", "heads.upos.bias")) {
      assertThat(page).contains(name);
    }
  }

  /** With Python and NumPy, the page's own program must agree. */
  @Test
  void theProgramInPythonPrintsEveryTensor() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Parameter parameter : MODEL.parameters()) {
      expected.add(
          parameter.name()
              + " float32 ("
              + parameter.value().numRows
              + ", "
              + parameter.value().numCols
              + ")");
    }
    String program = Markdown.read("docs/model-file.md").block("import numpy");
    assertThat(program).contains("np.frombuffer");
    for (String python : List.of("python3", "python")) {
      if (!hasNumPy(python)) {
        continue;
      }
      Files.writeString(folder.resolve("weights.py"), program);
      Process process =
          new ProcessBuilder(python, "weights.py")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(printed).isZero();
      assertThat(printed.lines().toList()).containsExactlyInAnyOrderElementsOf(expected);
      return;
    }
  }

  private boolean hasNumPy(String python) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import numpy").directory(folder.toFile()).start();
      return process.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
