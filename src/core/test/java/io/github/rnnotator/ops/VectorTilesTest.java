package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VectorTilesTest {
  @Test
  void sourceIsWhatTileWriterWrites() throws IOException {
    Path file = Path.of("src/core/main/java/io/github/rnnotator/ops/VectorTiles.java");
    assertThat(Files.readString(file)).isEqualTo(TileWriter.source());
  }
}
