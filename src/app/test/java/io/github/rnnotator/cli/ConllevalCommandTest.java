package io.github.rnnotator.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on any file, against a slow reading of what a chunk is; its messages and bytes. */
class ConllevalCommandTest {
  @TempDir Path folder;

  private record Outcome(int status, String out, String err) {}

  private record Row(String gold, String predicted, int kind) {}

  private record Chunk(int sentence, int begin, int end, String type) {}

  // The slow implementation: all chunks of all sentences as sets, from every pair of ends.

  @Property(tries = 150)
  void randomFilesGiveWhatTheDefinitionGives(
      @ForAll("files") List<Row> rows, @ForAll boolean latex, @ForAll boolean lastNewline) {
    StringBuilder file = new StringBuilder();
    List<List<Row>> sentences = new ArrayList<>(List.of(new ArrayList<>()));
    for (Row row : rows) {
      switch (row.kind) {
        case 0 -> file.append("\n");
        case 1 -> file.append("-X- _ B-PER O\n");
        case 2 -> file.append("-DOCSTART- _ ");
        default -> file.append("w  ");
      }
      if (row.kind > 1) {
        file.append(row.gold).append(' ').append(row.predicted).append('\n');
        sentences.get(sentences.size() - 1).add(row);
      } else {
        sentences.add(new ArrayList<>());
      }
    }
    String text = file.toString();
    if (!lastNewline && text.endsWith("\n")) {
      text = text.substring(0, text.length() - 1);
    }

    Outcome outcome = latex ? run(text, "-l") : run(text);

    assertThat(outcome.err).isEmpty();
    assertThat(outcome.status).isZero();
    assertThat(outcome.out).isEqualTo(slowly(sentences, latex));
  }

  @Provide
  Arbitrary<List<Row>> files() {
    Arbitrary<String> tag =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just("O")),
            Tuple.of(1, Arbitraries.of("B", "I", "E", "B-0")),
            Tuple.of(
                6,
                Combinators.combine(
                        Arbitraries.of("B-", "I-", "E-", "S-"),
                        Arbitraries.of("PER", "a-b", "\u00e9\u00ff", "AVeryLongNameOfAType"))
                    .as(String::concat)));
    Arbitrary<Integer> kind = Arbitraries.of(0, 1, 2, 3, 3, 3, 3, 3, 3, 3);
    return Combinators.combine(tag, tag, Arbitraries.of(true, true, false), kind)
        .as((gold, predicted, same, k) -> new Row(gold, same ? gold : predicted, k))
        .list()
        .ofMaxSize(30);
  }

  private static String slowly(List<List<Row>> sentences, boolean latex) {
    Set<Chunk> gold = new HashSet<>();
    Set<Chunk> predicted = new HashSet<>();
    long tokens = 0;
    long right = 0;
    for (int i = 0; i < sentences.size(); i++) {
      List<Row> rows = sentences.get(i);
      tokens += rows.size();
      right += rows.stream().filter(r -> tag(r.gold).equals(tag(r.predicted))).count();
      gold.addAll(chunks(i, rows.stream().map(Row::gold).toList()));
      predicted.addAll(chunks(i, rows.stream().map(Row::predicted).toList()));
    }
    List<String> types = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    gold.forEach(c -> names.add(c.type));
    predicted.forEach(c -> names.add(c.type));
    types.addAll(names);
    if (count(gold, "") > 0 && count(predicted, "") > 0) {
      types.add(0, "");
    }
    StringBuilder out = new StringBuilder();
    if (latex) {
      out.append("        & Precision &  Recall  & F$_{\\beta=1} \\\\\\hline");
      for (String type : types) {
        double[] r = rates(gold, predicted, type);
        out.append(
            "\n%-7s &  %s\\%% & %s\\%% & %s \\\\".formatted(type, n(r[0]), n(r[1]), n(r[2])));
      }
      double[] r = rates(gold, predicted, null);
      return out.append("\\hline\nOverall")
          .append(" &  %s\\%% & %s\\%% & %s \\\\\\hline\n".formatted(n(r[0]), n(r[1]), n(r[2])))
          .toString();
    }
    Set<Chunk> both = new HashSet<>(gold);
    both.retainAll(predicted);
    out.append("processed " + tokens + " tokens with " + gold.size() + " phrases; found: ");
    out.append(predicted.size() + " phrases; correct: " + both.size() + ".\n");
    if (tokens > 0) {
      double[] r = rates(gold, predicted, null);
      out.append(
          "accuracy: %s%%; precision: %s%%; recall: %s%%; FB1: %s\n"
              .formatted(n(100.0 * right / tokens), n(r[0]), n(r[1]), n(r[2])));
    }
    for (String type : types) {
      double[] r = rates(gold, predicted, type);
      out.append(
          "%17s: precision: %s%%; recall: %s%%; FB1: %s  %d\n"
              .formatted(type, n(r[0]), n(r[1]), n(r[2]), count(predicted, type)));
    }
    return out.toString();
  }

  private static List<Chunk> chunks(int sentence, List<String> tags) {
    List<Chunk> chunks = new ArrayList<>();
    for (int begin = 0; begin < tags.size(); begin++) {
      for (int end = begin + 1; end <= tags.size(); end++) {
        boolean chunk =
            isBorder(tags, begin)
                && isBorder(tags, end)
                && tags.subList(begin, end).stream().noneMatch(t -> tag(t).equals("O"));
        for (int inner = begin + 1; inner < end; inner++) {
          chunk &= !isBorder(tags, inner);
        }
        if (chunk) {
          chunks.add(new Chunk(sentence, begin, end, type(tags.get(begin))));
        }
      }
    }
    return chunks;
  }

  /** Whether no chunk continues from the token before {@code at} to that at {@code at}. */
  private static boolean isBorder(List<String> tags, int at) {
    if (at == 0 || at == tags.size()) {
      return true;
    }
    String left = tags.get(at - 1);
    String right = tags.get(at);
    return left.equals("O")
        || right.equals("O")
        || !type(left).equals(type(right))
        || List.of("BB", "IB", "EE", "EI").contains(left.charAt(0) + "" + right.charAt(0));
  }

  private static String type(String tag) {
    String type = tag.length() > 2 ? tag.substring(2) : "";
    return type.equals("0") ? "" : type;
  }

  private static String tag(String tag) {
    return type(tag).isEmpty() ? tag.substring(0, 1) : tag;
  }

  private static long count(Set<Chunk> chunks, String type) {
    return chunks.stream().filter(c -> type == null || c.type.equals(type)).count();
  }

  private static double[] rates(Set<Chunk> gold, Set<Chunk> predicted, String type) {
    Set<Chunk> both = new HashSet<>(gold);
    both.retainAll(predicted);
    double correct = count(both, type);
    double precision = correct == 0 ? 0 : 100 * correct / count(predicted, type);
    double recall = correct == 0 ? 0 : 100 * correct / count(gold, type);
    double f1 = correct == 0 ? 0 : 2 * precision * recall / (precision + recall);
    return new double[] {precision, recall, f1};
  }

  private static String n(double number) {
    return "%6s".formatted(new BigDecimal(number).setScale(2, RoundingMode.HALF_EVEN));
  }

  // Examples.

  @Test
  void emptyTypeIsPrintedTwiceAsInTheScript() {
    assertThat(run("a B B\n").out)
        .isEqualTo(
            """
            processed 1 tokens with 1 phrases; found: 1 phrases; correct: 1.
            accuracy: 100.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00
                             : precision: 100.00%; recall: 100.00%; FB1: 100.00  1
                             : precision: 100.00%; recall: 100.00%; FB1: 100.00  1
            """);
    assertThat(run("a B O\n").out.lines()).hasSize(3);
    assertThat(run("a B-0 B\n").out.lines().toList().get(1)).startsWith("accuracy: 100.00%");
  }

  @Test
  void ratesAreRoundedAsPrintfRounds() {
    // 1 of 32 is 3.125, which is exact in binary: a tie goes to the even digit.
    assertThat(run("a B-X B-X\n" + "a O B-X\n".repeat(31)).out).contains("precision:   3.12%");
    assertThat(run("a B-X B-X\n".repeat(3) + "a O B-X\n".repeat(29)).out)
        .contains("precision:   9.38%");
  }

  @Test
  void emptyFileHasNoTokens() {
    assertThat(run("").out)
        .isEqualTo(run("\n\n").out)
        .isEqualTo("processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.\n");
    assertThat(run("", "-l").out)
        .isEqualTo(
            "        & Precision &  Recall  & F$_{\\beta=1} \\\\\\hline\\hline\n"
                + "Overall &    0.00\\% &   0.00\\% &   0.00 \\\\\\hline\n");
  }

  @Test
  void bytesPassAsTheyAre() {
    // Invalid UTF-8; order and width are those of bytes, so the two-byte name is padded by one
    // less.
    String two = new String("é".getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1);
    Outcome outcome = run("a B-\u00ff B-\u00ff\nb B-" + two + " B-Z\n");
    assertThat(outcome.out.lines().skip(2).map(line -> line.substring(0, 19)))
        .containsExactly(
            " ".repeat(16) + "Z: ", " ".repeat(15) + two + ": ", " ".repeat(16) + "\u00ff: ");
  }

  @Test
  void carriageReturnsBelongToTheLastColumn() {
    assertThat(run("a B-X B-X\r\n").out).contains("correct: 0.");
  }

  @Test
  void rawTagsAreChunksOfTheirOwn() {
    Outcome outcome = run("a N N\nb N V\nc none O\n", "-r", "-o", "none");
    assertThat(outcome.out)
        .startsWith("processed 3 tokens with 2 phrases; found: 2 phrases; correct: 1.\n");
    assertThat(run("a N N\nb O O\n", "-o", "N", "-r").out).contains("with 0 phrases");
  }

  @Test
  void theDelimiterIsAnExpression() {
    String expected = run("a B-X B-X\nb O B-X\n").out;
    assertThat(run("a\tB-X\tB-X\nb\tO\tB-X\n", "-d", "\\t").out).isEqualTo(expected);
    assertThat(run("a\tB-X\tB-X\nb\tO\tB-X\n", "-d", "\t").out).isEqualTo(expected);
    assertThat(run("a \t B-X  B-X\nb O\tB-X\n", "-d", "\\s+").out).isEqualTo(expected);
    assertThat(run("a|B-X|B-X\nb|O|B-X\n", "-d", "\\|").out).isEqualTo(expected);
    assertThat(run("a-l B-X-l B-X\nb-l O-l B-X\n", "-d", "-l ?").out).isEqualTo(expected);
    assertThat(run("a-lB-X-lB-X\nb-lO-lB-X\n", "-d", "-l").out).isEqualTo(expected);
  }

  @Test
  void refusesWhatTheScriptRefusesInItsWords() {
    assertThat(run("a b B-X B-X\na B-X B-X\n"))
        .isEqualTo(new Outcome(1, "", "unexpected number of features: 3 (4)\n"));
    assertThat(run("\n\nB-\u00ff\n"))
        .isEqualTo(
            new Outcome(255, "", "conlleval: unexpected number of features in line B-\u00ff\n"));
    assertThat(run("", "-x")).isEqualTo(new Outcome(255, "", "conlleval: unknown argument -x\n"));
    assertThat(run("", "-lr")).isEqualTo(new Outcome(255, "", "conlleval: unknown argument -lr\n"));
    assertThat(run("", "-l", "-d"))
        .isEqualTo(new Outcome(255, "", "conlleval: -d requires delimiter character\n"));
    assertThat(run("", "-o"))
        .isEqualTo(new Outcome(255, "", "conlleval: -o requires delimiter character\n"));
    assertThat(run("", "a", "-l"))
        .isEqualTo(new Outcome(255, "", "conlleval: unexpected command line argument\n"));
    Outcome broken = run("", "-d", "(");
    assertThat(broken.status).isEqualTo(255);
    assertThat(broken.err)
        .isEqualTo("conlleval: -d '(' is not a regular expression: unclosed group\n");
    assertThat(run("-X-\n").out).startsWith("processed 0 tokens");
  }

  @Test
  void readsAFileByName() throws IOException {
    Path plain = folder.resolve("predicted.conll");
    Files.writeString(plain, "a B-X B-X\n");
    Path packed = folder.resolve("predicted.conll.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain, out);
    }
    Outcome expected = run("a B-X B-X\n");
    assertThat(run("", plain.toString())).isEqualTo(expected);
    assertThat(run("", packed.toString())).isEqualTo(expected);
    assertThat(run("a B-X B-X\n", "-")).isEqualTo(expected);
    Outcome absent = run("", folder.resolve("absent").toString());
    assertThat(absent.status).isEqualTo(2);
    assertThat(absent.err)
        .startsWith("rnnotator: ")
        .contains("absent: no such file")
        .hasLineCount(1);
    byte[] bytes = Files.readAllBytes(packed);
    bytes[bytes.length - 6] ^= 1;
    Files.write(packed, bytes);
    assertThat(run("", packed.toString()).err)
        .contains("predicted.conll.gz:", "compressed data is corrupt");
  }

  private static Outcome run(String in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of("conlleval"));
    all.addAll(List.of(args));
    int status =
        Main.run(
            new ByteArrayInputStream(in.getBytes(ISO_8859_1)),
            out,
            err,
            all.toArray(String[]::new));
    return new Outcome(status, out.toString(ISO_8859_1), err.toString(ISO_8859_1));
  }
}
