package io.github.rnnotator.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares lines and fields with a string split in memory, and with Perl 5.36. */
class FieldReaderTest {
  @Property(tries = 300)
  void fieldsEqualThoseOfSplitString(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200_000) int longest) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    int lines = random.nextInt(20);
    for (int i = 0; i < lines; i++) {
      int length = random.nextInt(random.nextInt(4) == 0 ? longest : 20);
      for (int j = 0; j < length; j++) {
        text.append(random.nextInt(3) == 0 ? ' ' : (char) (random.nextInt(246) + 10));
      }
      text.append('\n');
    }
    text.append(random.nextBoolean() ? "last line" : "");
    List<List<String>> expected = new ArrayList<>();
    for (String line : text.toString().split("\n", -1)) {
      expected.add(cut(line));
    }
    if (text.isEmpty() || text.charAt(text.length() - 1) == '\n') {
      expected.remove(expected.size() - 1);
    }
    assertThat(read(text.toString(), FieldDelimiter.SPACE, random)).isEqualTo(expected);
    assertThat(read(text.toString(), FieldDelimiter.of("[ ]"), random)).isEqualTo(expected);
  }

  private static List<String> cut(String line) {
    List<String> fields = new ArrayList<>();
    int from = 0;
    for (int at = line.indexOf(' '); at >= 0; at = line.indexOf(' ', from)) {
      fields.add(line.substring(from, at));
      from = at + 1;
    }
    fields.add(line.substring(from));
    while (!fields.isEmpty() && fields.get(fields.size() - 1).isEmpty()) {
      fields.remove(fields.size() - 1);
    }
    return fields;
  }

  /** Expression, line, and the fields of Perl's split, separated by bars. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "\" \"; \"  a  b \"; ||a||b",
        "\\s+; \"  a  b\"; |a|b",
        "\"\"; abc; a|b|c",
        "\\t; \"a\tb\"; a|b",
        "(,); a,b,,c,,; a|,|b|,||,|c|,||,",
        "(,)|(:); a,b:c; a|,||b||:|c",
        "x*; axxb; a|b",
        "^; abc; abc",
        "$; abc; abc",
        "(?=b); bab; ba|b",
        "(?=b)|b; bab; |a",
        "|b; abc; a||c",
        "[[:space:]]; a b; a|b",
        "[^[:^space:]]; a b; a|b",
        "[[:word:]]; -a-; -|-",
        "[[]; a[b; a|b",
        "{; a{b; a|b",
        "b{,2}; abbbc; a||c",
        "b{ 2 }; abbbc; a|bc",
        "b{2,}; abbbc; a|c",
        "b{}; ab{}c; a|c",
        "[]x]; a]bxc; a|b|c",
        "[^]x]; ]bx; ]|x",
        "a&&b; xa&&by; x|y",
        "[&&a]; x&y; x|y",
        "#; a#b; a|b",
        "(?i)B; abBc; a||c",
        "\\Q.\\E; aQxEb; a|b",
        "\\h; \"a\u00a0b\"; a|b",
        ".; \"a\r\u0085b\"; \"\"",
        "\\x{62}; abc; a|c",
      })
  void splitsLinesLikePerl(String expression, String line, String fields) throws IOException {
    List<List<String>> read = read(line, FieldDelimiter.of(expression), new Random(1));
    assertThat(read).hasSize(1);
    assertThat(String.join("|", read.get(0))).isEqualTo(fields);
  }

  @Test
  void charactersOfExpressionMatchTheirBytes() throws IOException {
    String bytes = new String("añb".getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1);
    assertThat(read(bytes, FieldDelimiter.of("ñ"), new Random(1)))
        .containsExactly(List.of("a", "b"));
    assertThat(read(bytes, FieldDelimiter.of("\\xf1"), new Random(1)))
        .containsExactly(List.of(bytes));
  }

  @Test
  void blankLinesAreLinesWithoutFields() throws IOException {
    assertThat(read("a b\n\n  \n\nc", FieldDelimiter.SPACE, new Random(1)))
        .containsExactly(List.of("a", "b"), List.of(), List.of(), List.of(), List.of("c"));
    assertThat(read("", FieldDelimiter.SPACE, new Random(1))).isEmpty();
  }

  @Test
  void lastLineMayEndAtBlockEnd() throws IOException {
    // Blocks are 65536 bytes; the last line of 12 has no end.
    for (int size = 65_520; size <= 65_550; size++) {
      String text = "a b\n".repeat((size - 12) / 4) + " ".repeat((size - 12) % 4) + "first second";
      for (FieldDelimiter delimiter : List.of(FieldDelimiter.SPACE, FieldDelimiter.of(" +"))) {
        List<List<String>> all = read(text, delimiter, new Random(size));
        assertThat(all).hasSize((size - 12) / 4 + 1);
        assertThat(all.get(all.size() - 1)).endsWith("first", "second");
      }
      assertThat(read(text + "\n", FieldDelimiter.SPACE, new Random(size)))
          .isEqualTo(read(text, FieldDelimiter.SPACE, new Random(size)));
    }
  }

  @Test
  void invalidExpressionIsRefused() {
    assertThatThrownBy(() -> FieldDelimiter.of("a(b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'a(b' is not a regular expression: unclosed group");
    assertThatThrownBy(() -> FieldDelimiter.of("a)(b")).hasMessageContaining("unmatched");
    assertThatThrownBy(() -> FieldDelimiter.of("[[:spice:]]"))
        .hasMessageContaining("posix class [:spice:] unknown");
  }

  /** Reads all fields, from a stream that returns any number of bytes at a time. */
  @Test
  void endlessLineIsRefusedInBoundedMemory() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            Arrays.fill(to, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    FieldReader reader = new FieldReader(endless, "bomb", FieldDelimiter.SPACE);
    assertThatThrownBy(reader::next)
        .isInstanceOf(CorpusException.class)
        .hasMessage("bomb:1: a line of more than 16 MiB, which is not text");
  }

  @Test
  void aGroupRepeatedTooOftenIsSaidInOneLine() {
    byte[] line = "ab".repeat(1 << 20).getBytes(ISO_8859_1);
    FieldReader reader =
        new FieldReader(new ByteArrayInputStream(line), "test", FieldDelimiter.of("(?:ab?)*c"));
    assertThatThrownBy(reader::next)
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith("test:1: the delimiter's regular expression needs too much memory");
  }

  private static List<List<String>> read(String text, FieldDelimiter delimiter, Random random)
      throws IOException {
    InputStream in =
        new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
          @Override
          public synchronized int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, 1 + random.nextInt(1 << 17)));
          }
        };
    List<List<String>> all = new ArrayList<>();
    try (FieldReader reader = new FieldReader(in, "test", delimiter)) {
      while (reader.next()) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < reader.size(); i++) {
          fields.add(reader.get(i));
        }
        all.add(fields);
        assertThat(reader.line()).isEqualTo(all.size());
        assertThat(String.join("", fields))
            .hasSizeLessThanOrEqualTo(reader.text().length() * 2 + 2);
      }
    }
    return all;
  }
}
