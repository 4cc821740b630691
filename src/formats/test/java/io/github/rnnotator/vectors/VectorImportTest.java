package io.github.rnnotator.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.embed.WordVectors.Type;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Sentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which words of a file are kept, and files that are refused. */
class VectorImportTest {
  @TempDir Path folder;

  @Test
  void firstWordsAndTrainingWordsAreKept() throws IOException {
    Path file = folder.resolve("v.txt");
    Files.writeString(file, "the 1\nof 2\ncat 3\ndog 4\nx0 5\nthe 9\nCat 6\n");
    Set<String> keys = WordVectors.keysOf(List.of(Sentence.of("Dog", "X7")));
    WordVectors vectors = VectorImport.read(file, 2, keys, Type.F16, n -> {});
    assertThat(words(vectors)).containsExactly("the", "of", "dog", "x0");
    assertThat(number(vectors, "the")).isEqualTo(1);
    assertThat(number(vectors, "DOG")).isEqualTo(4);
    assertThat(number(vectors, "X8")).isEqualTo(5);
    List<Long> progress = new ArrayList<>();
    assertThat(words(VectorImport.read(file, 3, Set.of(), Type.I8, progress::add)))
        .containsExactly("the", "of", "cat");
    assertThat(progress).containsExactly(1L, 2L, 3L);
  }

  @Test
  void fileWrittenByOneRunIsReadByTheNext() throws IOException {
    Path text = folder.resolve("v.txt");
    Files.writeString(text, "the 1 -2\nof 3 0.5\ncat 0.25 7\n");
    for (Type type : Type.values()) {
      WordVectors first = VectorImport.read(text, 9, Set.of(), type, n -> {});
      Path file = folder.resolve("v.vec");
      Files.write(file, bytes(first));
      WordVectors second = VectorImport.read(file, 9, Set.of(), type, n -> {});
      assertThat(bytes(second)).isEqualTo(bytes(first));
      assertThat(second.sha256()).isEqualTo(first.sha256());
      WordVectors pruned = VectorImport.read(file, 1, Set.of("cat"), type, n -> {});
      assertThat(words(pruned)).containsExactly("the", "cat");
      assertThat(pruned.sha256()).isNotEqualTo(first.sha256());
    }
  }

  @Test
  void fileWithoutVectorsIsRefused() throws IOException {
    Path file = folder.resolve("v.txt");
    Files.writeString(file, "0 5\n");
    assertThatThrownBy(() -> VectorImport.read(file, 9, Set.of(), Type.F16, n -> {}))
        .isInstanceOf(CorpusException.class)
        .hasMessage(file + ": no word vectors, expected at least one");
    Files.write(
        file,
        Arrays.copyOf(
            bytes(VectorImport.read(written("a 1 2\nb 3 4\n"), 9, Set.of(), Type.F16, n -> {})),
            40));
    assertThatThrownBy(() -> VectorImport.read(file, 9, Set.of(), Type.F16, n -> {}))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(file + ": ");
  }

  private Path written(String lines) throws IOException {
    return Files.writeString(folder.resolve("other.txt"), lines);
  }

  private static byte[] bytes(WordVectors vectors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VectorFile.write(out, vectors);
    return out.toByteArray();
  }

  private static List<String> words(WordVectors vectors) {
    List<String> words = new ArrayList<>();
    for (int row = 0; row < vectors.size(); row++) {
      words.add(vectors.word(row));
    }
    return words;
  }

  private static float number(WordVectors vectors, String form) {
    float[] number = new float[1];
    vectors.copy(vectors.find(form), number, 0);
    return number[0];
  }
}
