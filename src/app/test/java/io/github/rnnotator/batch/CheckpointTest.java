package io.github.rnnotator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.CorpusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forged checkpoint can't name a file outside its folder. */
class CheckpointTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../a.jsonl", "a/../../b.jsonl", "/tmp/a.jsonl", "a/./b", "a\u0000"})
  void namesThatLeadOutOfTheFolderAreRefused(String name) throws IOException {
    write("\"file\" : \"\"", "\"file\" : \"" + name.replace("\u0000", "\\u0000") + "\"");
    assertRefused();
    write("\"renames\" : [ ]", "\"renames\" : [\"" + name.replace("\u0000", "\\u0000") + "\"]");
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "sub/a..b.jsonl", "..a/b"})
  void namesBelowTheFolderAreRead(String name) throws IOException {
    write("\"renames\" : [ ]", "\"renames\" : [\"" + name + "\"]");
    assertThat(Checkpoint.read(folder).orElseThrow().renames()).containsExactly(name);
  }

  @Test
  void incompleteCheckpointIsRefused() throws IOException {
    Files.writeString(folder.resolve(Checkpoint.NAME), "{}");
    assertRefused();
  }

  private void write(String sound, String hostile) throws IOException {
    Checkpoint.begin(Map.of("format", "text"))
        .write(new OutputFolder(folder, "00000000", new Disk()));
    Path file = folder.resolve(Checkpoint.NAME);
    String text = Files.readString(file);
    assertThat(text).contains(sound);
    Files.writeString(file, text.replace(sound, hostile));
  }

  private void assertRefused() {
    assertThatThrownBy(() -> Checkpoint.read(folder))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("start over with --restart");
  }
}
