package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.formats.FormatGuess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format that {@code tag} detects, and the documents in its outputs. */
class TagFormatsTest {
  private static final String MODEL = "en-fast";
  private static final String ROW = "1\tAnna\t_\t_\t_\t_\t_\t_\t_\t_\n";
  private static final String CONLLU = "# sent_id = s1\n# text = Anna\n" + ROW + "\n";
  private static final String ROWS = "-DOCSTART- -X- O\n\nAnna NN B-PER\nleft VB O\n\n";

  @TempDir Path folder;

  private static String format(String name, String beginning) {
    return FormatGuess.of(name, beginning, "text").format();
  }

  private static String succeeded(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @ParameterizedTest
  @CsvSource({
    "a.conllu,conllu",
    "a.conllu.gz,conllu",
    "A.CONLLU,conllu",
    "A.CONLLU.GZ,conllu",
    "a.conllu.bz2,conllu",
    "a.conllu.zst,conllu",
    "a.b.conllu,conllu",
    "a.jsonl,jsonl",
    "a.JSONL.gz,jsonl",
    "a.ndjson,jsonl",
    "a.conll,columns",
    "a.iob2,columns",
    "a.txt,text",
    "conllu,text",
    "a.txt.gz,text",
    "a,text",
    "-,text"
  })
  void namesSayFormats(String name, String format) {
    assertThat(format(name, "Anna left.\n")).isEqualTo(format);
  }

  @Test
  void contentSaysConlluWhateverTheName() {
    for (String name : List.of("a.txt", "a.conll", "-", "a")) {
      assertThat(format(name, CONLLU)).isEqualTo("conllu");
      assertThat(format(name, ROW)).isEqualTo("conllu");
      assertThat(format(name, CONLLU.replace("\n", "\r\n"))).isEqualTo("conllu");
      assertThat(format(name, ROW.replaceFirst("1", "1-2"))).isEqualTo("conllu");
      assertThat(format(name, "# newdoc\n# text = a long one")).isEqualTo("conllu");
    }
    for (String prose :
        List.of(
            "",
            "# A heading\n\nAnna left.\n",
            "1\tAnna\tleft\n",
            ROW.replaceFirst("1", "2"),
            "# text = Anna\nAnna left.\n",
            "Anna\n" + ROW,
            "{\"text\": 1}\n",
            "{text}\n",
            "{")) {
      assertThat(format("a.txt", prose)).as(prose).isEqualTo("text");
    }
    assertThat(format("-", "{\"id\":[{}],\"text\":\"Anna")).isEqualTo("jsonl").isNotNull();
    assertThat(format("-", "{\"id\":[{}],\"text\":\"Anna\"}\n")).isEqualTo("jsonl");
  }

  @Test
  void conlluIsNotTaggedAsProse() throws IOException {
    for (String name : List.of("a.conllu", "A.CONLLU", "a.txt")) {
      Path file = Files.writeString(folder.resolve(name), CONLLU);
      String tagged = succeeded(run("tag", "-m", MODEL, file));
      assertThat(tagged).startsWith("# sent_id = s1\n# text = Anna\n1\tAnna\tAnna\tPROPN\t");
      assertThat(succeeded(run("tag", "-m", MODEL, "--in", "text", file))).contains("sent_id");
    }
    Outcome piped = runWith(CONLLU, "tag", "-m", MODEL);
    assertThat(succeeded(piped)).startsWith("# sent_id = s1\n");
    assertThat(piped.err())
        .isEqualTo("rnnotator: <stdin>: read as conllu, which it looks like; --in names another\n");
  }

  @Test
  void aFileOfColumnsNeedsNoNames() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conll"), ROWS);
    Outcome outcome = run("tag", "-m", MODEL, file);
    assertThat(succeeded(outcome))
        .startsWith(
            "-DOCSTART- -X- O O O O O O\n\nAnna NN B-PER PROPN NNP Number=Sing Anna B-PER\n");
    assertThat(outcome.err()).contains("the first of its 3 columns is taken for the token");
    Path ids = Files.writeString(folder.resolve("ids.conll"), "1 Anna NN\n2 left VB\n\n");
    Outcome refused = run("tag", "-m", MODEL, ids);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("ids.conll:1: 3 columns, expected 1 (form)");
  }

  @Test
  void aBundledModelTagsAndScoresAnybodysColumns() throws IOException {
    Path file = Files.writeString(folder.resolve("gold"), "Anna\tB-PER\nleft\tB-LOC\n\n");
    assertThat(succeeded(run("tag", "-m", MODEL, "--in", "columns", "--columns", "form,ner", file)))
        .startsWith("Anna\tB-PER\tPROPN\tNNP\tNumber=Sing\tAnna\nleft\tO\t");
    for (List<String> options :
        List.of(
            List.of("--columns", "form,ner", "--head", "ner"),
            List.of("--columns", "form,ner"),
            List.of("--in", "columns", "--columns", "form,ner"))) {
      Object[] command = new Object[options.size() + 4];
      System.arraycopy(new Object[] {"eval", "-m", MODEL}, 0, command, 0, 3);
      System.arraycopy(options.toArray(), 0, command, 3, options.size());
      command[command.length - 1] = file;
      assertThat(succeeded(run(command))).startsWith("ner f1: 66.67");
    }
    Outcome refused = run("eval", "-m", MODEL, "--columns", "form,x", "--head", "ner", file);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--columns form,x", "--columns form,ner");
    assertThat(run("eval", "-m", MODEL, "--in", "columns", file).err())
        .contains("the names of its columns are missing");
  }

  @Test
  void anotherLayoutIsRefusedWithTheOptionOrTheKeyOfTheCommand() throws IOException {
    Path rows = Path.of("corpora/sample/en.conll");
    Path unnamed = Files.copy(rows, folder.resolve("rows"));
    Path conllu = Files.writeString(folder.resolve("a.txt"), CONLLU);
    String columns = "Name its columns: --columns form,xpos,upos,ner";
    assertThat(run("eval", "-m", MODEL, rows).err())
        .contains("the names of its columns are missing", "--columns form,");
    assertThat(run("eval", "-m", MODEL, unnamed).err())
        .contains("is this a file of columns? " + columns)
        .doesNotContain("input.");
    assertThat(run("eval", "-m", MODEL, "--columns", "form,ner", rows).err())
        .contains("is this a CoNLL-2003 file? " + columns);
    assertThat(run("eval", "-m", MODEL, "--columns", "form,ner", conllu).err())
        .contains("is this a comment? Give --comments.");
    assertThat(run("tag", "-m", MODEL, "--in", "conllu", rows).err())
        .contains("is this a file of columns? " + columns);
    assertThat(
            run("train", "-c", "eval/ewt-pos.yaml", "--train", rows, "-o", folder.resolve("m.rnn"))
                .err())
        .contains("is this a file of columns? Set input.format to columns.");
  }

  @Test
  void aJsonArrayIsNotTaggedAsProse() throws IOException {
    for (String array : List.of("[{\"text\":\"Anna left.\"}]", "[\n  {\n    \"id\": 1,\n")) {
      Path file = Files.writeString(folder.resolve("a.json"), array);
      for (Outcome refused :
          List.of(
              run("tag", "-m", MODEL, file),
              runWith(array, "tag", "-m", MODEL),
              run("batch", "-m", MODEL, file, folder.resolve("out")))) {
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
            .hasLineCount(1)
            .contains(": a JSON array, expected an object per line", "--in text");
      }
      succeeded(run("tag", "-m", MODEL, "--in", "text", file));
    }
    for (String prose : List.of("[1] Anna left.", "[{Anna}] left", "[ \"Anna\" ]")) {
      assertThat(format("a.txt", prose)).as(prose).isEqualTo("text");
    }
  }

  @Test
  void severalFormatsAreRefused() throws IOException {
    Path conllu = Files.writeString(folder.resolve("a.conllu"), CONLLU);
    Path text = Files.writeString(folder.resolve("b.txt"), "Anna left.\n");
    Outcome outcome = run("tag", "-m", MODEL, conllu, text);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("a.conllu is conllu, but", "b.txt is text", "--in");
    assertThat(run("tag", "-m", MODEL, folder).err()).contains("a folder, expected a file");
  }

  // ---- formats of a folder --------------------------------------------------------------------

  private Outcome batch(Object... options) {
    List<Object> command = new ArrayList<>(List.of("batch", "-m", MODEL));
    command.addAll(List.of(options));
    return run(command.toArray());
  }

  @Test
  void batchDetectsTheFormatOfItsFirstFileAndSetsOthersAside() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Path out = folder.resolve("out");
    Files.writeString(in.resolve("a.conllu"), CONLLU);
    Files.writeString(in.resolve("b.jsonl"), "{\"text\":\"Anna left.\"}\n");
    Files.writeString(in.resolve("c.txt"), CONLLU);
    Files.writeString(in.resolve("d.txt"), "Anna left.\n");
    Files.writeString(in.resolve("e.txt"), "\n");
    Outcome outcome = batch(in, out);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    for (String tagged : List.of("a.conllu", "c.conllu")) {
      assertThat(out.resolve(tagged)).content().contains("1\tAnna\tAnna\tPROPN\t");
    }
    assertThat(Files.readAllLines(out.resolve("_failed.jsonl")))
        .hasSize(2)
        .anyMatch(line -> line.contains("b.jsonl") && line.contains("is jsonl, but the run reads"))
        .anyMatch(line -> line.contains("d.txt") && line.contains("--in"));
    assertThat(out.resolve("b.conllu")).doesNotExist();
    assertThat(batch(in, folder.resolve("strict"), "--strict").err())
        .contains("b.jsonl: is jsonl, but the run reads conllu, the format of", "a.conllu");
    // The same command resumes the run; a named format reads all files.
    assertThat(batch(in, out).err()).contains("nothing to do");
    assertThat(batch("--in", "text", in, folder.resolve("text")).status()).isZero();
  }

  @Test
  void batchDetectsTheFormatOfOneFileAndOfStandardInput() throws IOException {
    Path posts = Files.writeString(folder.resolve("posts.jsonl"), "{\"text\":\"Anna left.\"}\n");
    succeeded(batch(posts, folder.resolve("one")));
    assertThat(folder.resolve("one/posts.jsonl")).content().contains("\"form\":\"Anna\"");
    Path rows = Files.writeString(folder.resolve("rows.conll"), ROWS);
    assertThat(batch(rows, folder.resolve("rows")).err()).contains("the first of its 3 columns");
    assertThat(folder.resolve("rows/rows.conll")).content().contains("Anna NN B-PER PROPN NNP");
    Outcome piped = runWith(CONLLU, "batch", "-m", MODEL, "-", folder.resolve("piped"));
    assertThat(piped.err()).contains("<stdin>: read as conllu, which it looks like");
    assertThat(folder.resolve("piped/stdin.conllu")).content().contains("1\tAnna\tAnna\tPROPN\t");
    succeeded(runWith("Anna left.", "batch", "-m", MODEL, "-", folder.resolve("text")));
    assertThat(folder.resolve("text/stdin.jsonl")).content().contains("Anna");
  }

  // ---- documents ------------------------------------------------------------------------------

  @Test
  void documentsAndBlanksAreInConllu() throws IOException {
    String text = "그는 학교에 갔다.나는 집에 있었다. 가격이 올랐다。모두 떠났다。\n";
    Path korean = Files.writeString(folder.resolve("ko.txt"), text);
    List<String> rows =
        succeeded(run("tag", "-m", "ko", "--out", "conllu", korean))
            .lines()
            .filter(line -> line.matches("\\d+\t[.。]\t.*"))
            .map(line -> line.substring(line.lastIndexOf('\t') + 1))
            .toList();
    assertThat(rows).containsExactly("SpaceAfter=No", "_", "SpaceAfter=No", "_");
    Path a = Files.writeString(folder.resolve("a.txt"), "Anna left. She ran.\n");
    Path b = Files.writeString(folder.resolve("b.txt"), "Bob came.\n");
    assertThat(
            succeeded(run("tag", "-m", MODEL, "--out", "conllu", a, b))
                .lines()
                .filter(line -> line.startsWith("#")))
        .containsExactly(
            "# newdoc id = " + a,
            "# text = Anna left.",
            "# text = She ran.",
            "# newdoc id = " + b,
            "# text = Bob came.");
    assertThat(succeeded(run("tag", "-m", MODEL, "--out", "conllu", b)))
        .startsWith("# newdoc\n# text = Bob came.\n");
  }

  @Test
  void documentsAreInJsonLinesByEveryRoute() throws IOException {
    String documents =
        "# newdoc id = d1\n"
            + CONLLU
            + CONLLU
            + CONLLU.replace("# sent", "# newdoc id = d2\n# sent");
    Path file = Files.writeString(folder.resolve("a.conllu"), documents);
    Path other = Files.writeString(folder.resolve("b.conllu"), CONLLU);
    assertThat(documents(succeeded(run("tag", "-m", MODEL, "--out", "jsonl", file))))
        .containsExactly("d1", "d1", "d2");
    assertThat(documents(succeeded(run("tag", "-m", MODEL, "--out", "jsonl", file, other))))
        .containsExactly("d1", "d1", "d2", other.toString());
    assertThat(documents(succeeded(run("tag", "-m", MODEL, "--out", "jsonl", other))))
        .containsExactly("");
    Path json =
        Files.writeString(folder.resolve("a.jsonl"), "{\"id\":7,\"text\":\"Anna left.\"}\n");
    assertThat(documents(succeeded(run("tag", "-m", MODEL, json)))).containsExactly("7");
    assertThat(succeeded(run("tag", "-m", MODEL, "--out", "conllu", json)))
        .startsWith("# newdoc id = 7\n");
  }

  private static List<String> documents(String json) {
    return json.lines()
        .map(line -> line.startsWith("{\"document\":\"") ? line.split("\"")[3] : "")
        .toList();
  }

  @Test
  void aFileOfConlluKeepsItsComments() throws IOException {
    Path file = Path.of("corpora/sample/en.conllu");
    List<String> tagged = succeeded(run("tag", "-m", MODEL, file)).lines().toList();
    List<String> lines = Files.readAllLines(file);
    assertThat(tagged.stream().filter(line -> line.startsWith("#")).toList())
        .isEqualTo(lines.stream().filter(line -> line.startsWith("#")).toList());
    assertThat(tagged.stream().map(TagFormatsTest::space).toList())
        .isEqualTo(lines.stream().map(TagFormatsTest::space).toList());
  }

  private static String space(String line) {
    return line.toLowerCase(Locale.ROOT).contains("spaceafter=no") ? "no" : "";
  }

  @Test
  void batchWritesTheSameConlluAsTag() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    Path file = Files.writeString(texts.resolve("ko.txt"), "정말？네！좋아요。그래요。\n");
    Path out = folder.resolve("out");
    succeeded(run("batch", "-m", "ko", "--out", "conllu", texts, out));
    assertThat(out.resolve("ko.conllu"))
        .hasContent(succeeded(run("tag", "-m", "ko", "--out", "conllu", file)));
  }
}
