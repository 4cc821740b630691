package io.github.rnnotator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name preserves any bytes of its path. */
class FileNamesTest {
  private static final Path FOLDER = Path.of("some/folder");

  private static String name(byte... bytes) {
    StringBuilder uri = new StringBuilder();
    for (byte b : bytes) {
      uri.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
    return FileNames.ofEscaped(uri.toString());
  }

  @Property
  void nameResolvesToItsFile(@ForAll @NotEmpty @Size(max = 12) byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 0 || bytes[i] == '/' || bytes[i] == '.' ? (byte) 0xe9 : bytes[i];
    }
    String name = name(bytes);
    assertThat(FileNames.of(FOLDER, FileNames.resolve(FOLDER, name))).isEqualTo(name);
    assertThat(FileNames.ofEscaped(FileNames.escaped(name))).isEqualTo(name);
    assertThat(FileNames.bytesOfLast(name)).isEqualTo(bytes.length);
    assertThat(FileNames.isBelow(name)).isTrue();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(FileNames.display(name))).isTrue();
  }

  @Property
  void differentBytesAreDifferentNames(
      @ForAll @Size(4) List<@ByteRange(min = -62, max = -61) Byte> bytes, @ForAll byte other) {
    byte[] one = {bytes.get(0), bytes.get(1), (byte) 0xa9, bytes.get(2)};
    byte[] two = one.clone();
    two[2] = other;
    assertThat(name(one).equals(name(two))).isEqualTo(other == one[2]);
  }

  @Test
  void textIsUnchangedAndOtherBytesAreEscaped() {
    assertThat(name("한글\\é%FF".getBytes(StandardCharsets.UTF_8))).isEqualTo("한글\\é%FF");
    String latin = name((byte) 'a', (byte) 0xe9, (byte) 'b');
    assertThat(FileNames.display(latin)).isEqualTo("a%E9b");
    assertThat(FileNames.isText(latin)).isFalse();
    assertThat(FileNames.isText("é")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "..", "a/../b", "./a", "a//b", "a/", "a\u0000", "\uD800"})
  void namesOutsideTheFolderAreDetected(String name) {
    assertThat(FileNames.isBelow(name)).isFalse();
  }
}
