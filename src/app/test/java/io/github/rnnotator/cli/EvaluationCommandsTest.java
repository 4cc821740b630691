package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval} and {@code compare} on the tags of any tool, run as commands. */
class EvaluationCommandsTest {
  @TempDir Path folder;

  private Path gold;
  private Path tagged;

  @BeforeEach
  void writeFiles() throws IOException {
    gold = file("gold.conll", "Ann NNP B-PER\nLee NNP I-PER\nleft VBD O\n\nOslo NNP B-LOC\n");
    tagged = file("tagged.conll", "Ann NN B-PER\nLee NN I-PER\nleft VBD O\n\nOslo NNP O\n");
  }

  @Test
  void twoFilesAreScoredByTheirLastColumn() {
    Outcome outcome = run("eval", "--gold", gold, "--predicted", tagged);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("tag f1: 66.67\n  95 % interval: 0.00 to 100.00 (bootstrap of 2 sentences)\n")
        .contains("chunks: 2 gold, 1 predicted, 1 correct")
        .doesNotContain("calibration");
    assertThat(run("eval", gold, "--predicted", tagged)).isEqualTo(outcome);
  }

  @Test
  void namedColumnsAreHeads() {
    Outcome outcome = run("eval", gold, "--predicted", tagged, "--columns", "form,pos,ner");
    assertThat(outcome.out()).contains("pos accuracy: 50.00\n", "ner f1: 66.67\n");
    Outcome ner =
        run("eval", gold, "--predicted", tagged, "--columns", "form,pos,ner", "--head", "ner");
    assertThat(ner.out()).startsWith("ner f1: 66.67\n").doesNotContain("pos accuracy");
    Outcome ignored = run("eval", gold, "--predicted", tagged, "--columns", "form,_,ner");
    assertThat(ignored).isEqualTo(ner);
    Outcome accuracy =
        run(
            "eval",
            gold,
            "--predicted",
            tagged,
            "--columns",
            "form,_,ner",
            "--measure",
            "accuracy");
    assertThat(accuracy.out()).startsWith("ner accuracy: 75.00\n");
  }

  @Test
  void oneFileMayHoldBothColumns() throws IOException {
    Path both =
        file(
            "both.conll",
            "Ann B-PER NNP B-PER\nLee I-PER NN I-PER\nleft O VBD O\n\nOslo O NNP B-LOC\n");
    Outcome outcome = run("eval", both, "--columns", "form,predicted:ner,_,ner");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .isEqualTo(run("eval", gold, "--predicted", tagged, "--columns", "form,_,ner").out());
    assertRefused(
        run("eval", both, "--columns", "form,predicted:ner,_,pos"),
        "no column 'ner' with the gold");
    assertRefused(
        run("eval", both, "--columns", "form,predicted:ner,_,ner", "-m", "x"), "-m is for files");
    assertRefused(
        run("eval", both, "--columns", "form,predicted:ner,_,ner", "--predicted", tagged),
        "not both");
  }

  @Test
  void aPredictedFileMayHaveAnotherLayoutAndScheme() throws IOException {
    Path other =
        file("other.tsv", "-DOCSTART-\tO\n\nAnn\tB-PER\nLee\tE-PER\nleft\tO\n\n\nOslo\tS-LOC");
    Outcome outcome =
        run(
            "eval",
            gold,
            "--predicted",
            other,
            "--columns",
            "form,_,ner",
            "--predicted-columns",
            "form,ner");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("ner f1: 100.00\n");
  }

  @Test
  void conlluIsScoredOnUposAndXposAlsoAgainstColumns() throws IOException {
    Path right =
        file(
            "gold.conllu",
            "1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\t_\tADP\tP\t_\t_\t_\t_\t_\n"
                + "2\tle\t_\tDET\tD\t_\t_\t_\t_\tNER=B-X\n\n");
    Path other = file("tagged.conllu", Files.readString(right).replace("DET", "NOUN"));
    Outcome outcome = run("eval", "--gold", right, "--predicted", other);
    assertThat(outcome.out()).contains("upos accuracy: 50.00\n", "xpos accuracy: 100.00\n");
    Path columns = file("tagged.conll", "de ADP\nle DET\n");
    Outcome mixed =
        run(
            "eval",
            right,
            "--predicted",
            columns,
            "--predicted-columns",
            "form,upos",
            "--predicted-in",
            "columns");
    assertThat(mixed.status()).as(mixed.err()).isZero();
    assertThat(mixed.out()).startsWith("upos accuracy: 100.00\n").doesNotContain("xpos");
    Path withoutXpos = file("upos.conllu", Files.readString(right).replaceAll("\t[PD]\t", "\t_\t"));
    Outcome upos = run("eval", withoutXpos, "--predicted", other);
    assertThat(upos.out()).startsWith("upos accuracy: ").doesNotContain("xpos");
    assertThat(upos.err()).contains("upos.conllu: no word has a gold tag of head 'xpos', only _");
    assertThat(run("eval", right, "--predicted", right, "--head", "misc:NER").out())
        .startsWith("misc:NER f1: 100.00\n");
    assertRefused(
        run("eval", right, "--predicted", right, "--head", "misc:"), "--head", "misc:KEY");
  }

  @Test
  void aWordWithoutGoldIsNotScored() throws IOException {
    String columns = "form,pos,ner";
    Path some = file("some.conll", "Ann NNP B-PER\nLee NNP I-PER\nleft VBD O\n\nOslo NNP _\n");
    Outcome ner = run("eval", some, "--predicted", gold, "--columns", columns, "--head", "ner");
    assertThat(ner.out())
        .startsWith("ner f1: 100.00\n")
        .contains("1 word without gold (_) is not scored", "tokens: 3 of 3 correct");
    Path mixed = file("mixed.conll", "Ann NNP B-PER\nLee _ _\nleft VBD O\n\nOslo NNP O\n");
    Path wrong = file("wrong.conll", "Ann NNP B-PER\nLee X I-PER\nleft VBD O\n\nOslo X O\n");
    Outcome cut = run("eval", mixed, "--predicted", wrong, "--columns", columns);
    assertThat(cut.out())
        .contains("pos accuracy: 66.67\n", "ner f1: 100.00\n")
        .contains("chunks: 1 gold, 1 predicted, 1 correct");
    Outcome compared = run("compare", mixed, wrong, "--gold", mixed, "--columns", columns);
    assertThat(compared.out())
        .contains("pos accuracy, 2 sentences, 1 tagged differently")
        .contains("ner f1, 2 sentences, 0 tagged differently");
    Path both = file("both.conll", "Ann B-PER B-PER\n\nOslo B-LOC _\n");
    assertThat(run("eval", both, "--columns", "form,ner,predicted:ner").out())
        .contains("chunks: 2 gold, 1 predicted, 1 correct");
  }

  @Test
  void aHeadWithoutGoldIsRefused() throws IOException {
    String columns = "form,pos,ner";
    Path none = file("none.conll", "Ann NNP _\nLee NNP _\nleft VBD _\n\nOslo NNP _\n");
    String lacks =
        ": no word has a gold tag of head 'ner', only _; expected tags in the column ner;";
    assertRefused(
        run("eval", none, "--predicted", gold, "--columns", columns),
        "none.conll" + lacks,
        "--head");
    assertRefused(
        run("eval", none, "--predicted", gold), "none.conll: no word has a gold tag of head 'tag'");
    assertRefused(
        run("compare", gold, gold, "--gold", none, "--columns", columns), "none.conll" + lacks);
    assertRefused(
        run("eval", gold, "--predicted", none, "--columns", columns),
        "none.conll: no word has a predicted tag of head 'ner', only _");
    Path outside = file("outside.conll", "Ann NNP O\nLee NNP O\nleft VBD O\n\nOslo NNP O\n");
    assertRefused(
        run("eval", outside, "--predicted", gold, "--columns", columns),
        "outside.conll: no mention of head 'ner', only O; expected tags such as B-PER");
    assertThat(run("eval", none, "--predicted", gold, "--columns", "form,pos,_").out())
        .startsWith("pos accuracy: ");
  }

  @Test
  void rawTextIsScoredWithoutWordsThatLackTheirTag() throws IOException {
    String text = "1\tOslo\t_\tPROPN\tNNP\t_\t_\t_\t_\t_\n\n1\tis\t_\tAUX\t_\t_\t_\t_\t_\t_\n\n";
    Path right = file("right.conllu", text);
    Outcome same = run("eval", "--raw", right, "--predicted", right);
    assertThat(same.status()).as(same.err()).isZero();
    assertThat(same.out()).containsPattern("XPOS +100.00 +100.00 +100.00");
    Path other = file("other.conllu", text.replace("AUX\t_", "AUX\tVBZ"));
    assertThat(run("eval", "--raw", right, "--predicted", other).out())
        .containsPattern("XPOS +100.00 +100.00 +100.00 .* 100.00\n");
    assertThat(run("eval", "--raw", other, "--predicted", right).out())
        .containsPattern("XPOS +50.00 +50.00 +50.00 .* 50.00\n");
    Path bare = file("bare.conllu", text.replace("NNP", "_"));
    Outcome left = run("eval", "--raw", bare, "--predicted", right);
    assertThat(left.out()).doesNotContain("XPOS");
    assertThat(left.err()).contains("bare.conllu: no word has a gold tag of head 'xpos', only _");
    assertRefused(
        run("eval", "--raw", bare, "--predicted", right, "--head", "xpos"),
        "bare.conllu: no word has a gold tag of head 'xpos', only _");
  }

  @Test
  void rawTextIsScoredByMentionsWhereTheTagsAreChunkTags() throws IOException {
    String text =
        "1\tNew\t_\tX\t_\t_\t_\t_\t_\tNER=B-LOC\n2\tYork\t_\tX\t_\t_\t_\t_\t_\tNER=I-LOC\n"
            + "3\twaits\t_\tX\t_\t_\t_\t_\t_\tNER=O\n\n";
    Path right = file("right.conllu", text);
    Path half = file("half.conllu", text.replace("I-LOC", "O"));
    Path joined =
        file(
            "joined.conllu",
            "1\tNewYork\t_\tX\t_\t_\t_\t_\t_\tNER=B-LOC\n2\twaits\t_\tX\t_\t_\t_\t_\t_\t_\n\n");
    assertThat(run("eval", "--raw", right, "--predicted", half, "--head", "misc:NER").out())
        .startsWith("misc:ner f1: 0.00\n");
    assertThat(run("eval", "--raw", right, "--predicted", joined, "--head", "misc:NER").out())
        .startsWith("misc:ner f1: 100.00\n");
  }

  @Test
  void standardInputMayBeEitherFile() throws IOException {
    String text = Files.readString(tagged);
    String columns = "form,_,ner";
    Outcome expected = run("eval", gold, "--predicted", tagged, "--columns", columns);
    assertThat(runWith(text, "eval", gold, "--predicted", "-", "--columns", columns))
        .isEqualTo(expected);
    assertRefused(runWith(text, "eval", gold, "--predicted", "-"), "--columns");
    assertRefused(
        runWith(text, "eval", "-", "--predicted", "-", "--columns", columns), "only one file");
  }

  @Test
  void differingFilesAreRefusedWithBothPlaces() throws IOException {
    Path other = file("other.conll", "\nAnn NN B-PER\nlee NN I-PER\n");
    Outcome outcome = run("eval", gold, "--predicted", other);
    assertRefused(outcome, "gold.conll:2: 'Lee', but ", "other.conll:3: 'lee'; both files must");
    assertRefused(run("compare", tagged, other, "--gold", gold), "gold.conll:2: 'Lee', but ");
    Path cut = file("cut.conll", "Ann NN B-PER\nLee NN I-PER\nleft VBD O\n");
    assertRefused(
        run("eval", gold, "--predicted", cut),
        "gold.conll:5: a sentence that begins with 'Oslo', but ",
        "cut.conll ends after line 3 (sentence 1)");
    assertRefused(
        run("eval", cut, "--predicted", gold),
        "gold.conll:5: a sentence that begins with 'Oslo', but ",
        "cut.conll ends after line 3 (sentence 1)");
  }

  @Test
  void wrongUsageIsOneLineThatNamesTheFix() throws IOException {
    assertRefused(run("eval"), "expected one file with gold tags");
    assertRefused(run("eval", gold, "--gold", gold), "expected one file with gold tags");
    assertRefused(
        run("eval", gold, "--predicted", tagged, "--in", "xml"), "'xml'", "conllu or columns");
    assertRefused(
        run("eval", gold, "--predicted", tagged, "--head", "pos"),
        "no head 'pos'",
        "[tag] and [tag]");
    assertRefused(run("eval", gold, "--predicted", tagged, "--samples", "10"), "10 resamples");
    assertRefused(
        run("eval", gold, "--predicted", tagged, "--columns", "word,ner"), "named 'form'");
    assertRefused(run("eval", gold, "--predicted", tagged, "--dev", gold), "--dev is for files");
    assertRefused(run("eval", gold, "--measure", "f1"), "--measure");
    assertRefused(
        run("eval", gold, "--predicted", folder.resolve("absent")), "absent: no such file");
    Path empty = file("empty.conll", "\n");
    assertRefused(run("eval", empty, "--predicted", empty), "empty.conll: no sentences");
    assertRefused(
        run("eval", empty, "--predicted", empty, "--columns", "form,ner"), "has no sentences");
    Path mixed = file("mixed.conll", "Ann NN S-PER\nLee NN U-PER\nleft VBD O\n\nOslo NNP O\n");
    assertRefused(
        run("eval", gold, "--predicted", mixed), "mixed.conll:1: head tag: 'S-PER' is not a tag");
    assertRefused(run("compare", tagged, "--gold", gold), "B");
    assertRefused(run("compare", tagged, tagged), "--gold");
  }

  @Test
  void compareSaysWhetherADifferenceIsChance() throws IOException {
    StringBuilder right = new StringBuilder();
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      right.append("w" + i + " N\n\n");
      first.append("w" + i + (i < 40 ? " V\n\n" : " N\n\n"));
      second.append("w" + i + (i < 10 ? " V\n\n" : " N\n\n"));
    }
    Path g = file("g.conll", right.toString());
    Path a = file("a.conll", first.toString());
    Path b = file("b.conll", second.toString());
    Path json = folder.resolve("figures.json");
    Outcome outcome = run("compare", a, b, "--gold", g, "--json", json, "--samples", "2000");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("tag accuracy, 100 sentences, 30 tagged differently");
    assertThat(lines.get(1)).isEqualTo("  A       60.00  " + a);
    assertThat(lines.get(2)).isEqualTo("  B       90.00  " + b);
    assertThat(lines.get(3)).matches("  B - A   30\\.00  95 % interval: 2\\d\\.00 to 3\\d\\.00");
    assertThat(lines.get(lines.size() - 1)).startsWith("  B is better by 30.00 points");

    JsonNode root = new ObjectMapper().readTree(json.toFile());
    JsonNode head = root.get("heads").get("tag");
    assertThat(root.get("samples").asInt()).isEqualTo(2000);
    assertThat(head.get("measure").asText()).isEqualTo("accuracy");
    assertThat(head.get("difference").asDouble()).isEqualTo(30);
    assertThat(head.get("randomizationP").asDouble()).isEqualTo(1 / 2001.0);
    assertThat(head.get("interval").get("low").asDouble()).isBetween(20.0, 29.0);
    assertThat(head.get("conclusion").asText()).isEqualTo(lines.get(lines.size() - 1).strip());
    assertThat(run("compare", a, b, "--gold", g, "--samples", "2000").out())
        .isEqualTo(outcome.out());

    run(
        "compare",
        file("none.conll", right.toString().replace("N", "V")),
        g,
        "--gold",
        g,
        "--json",
        json);
    JsonNode certain = new ObjectMapper().readTree(json.toFile()).get("heads").get("tag");
    assertThat(certain.get("difference").asDouble()).isEqualTo(100);
    assertThat(certain.get("effect").isNull()).isTrue();

    Outcome itself = run("compare", a, a, "--gold", g);
    assertThat(itself.out())
        .contains("p      1.0000  approximate randomisation", "p      1.0000  paired bootstrap");
  }

  @Test
  void moreSentencesThanAreReadAheadAreAllScored() throws IOException {
    Path many = file("many.conll", "w N\n\n".repeat(2500));
    Path wrong = file("wrong.conll", "w N\n\n".repeat(2499) + "w V\n");
    Outcome outcome = run("eval", many, "--predicted", wrong);
    assertThat(outcome.out()).contains("tokens: 2499 of 2500 correct");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).as("one line").hasSize(1);
    assertThat(outcome.err()).startsWith("rnnotator: ").contains(parts);
    assertThat(outcome.out()).isEmpty();
  }
}
