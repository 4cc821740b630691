package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code merge} run as a command. */
class MergeCommandTest {
  private static final String BASE =
      """
      # sent_id = one
      # text = Ann Lee's here
      1\tAnn\tAnn\tPROPN\tNNP\t_\t3\tnsubj\t_\t_
      2-3\tLee's\t_\t_\t_\t_\t_\t_\t_\t_
      2\tLee\tLee\tPROPN\tNNP\t_\t1\tflat\t_\t_
      3\t's\tbe\tAUX\tVBZ\t_\t0\troot\t_\t_
      4\there\there\tADV\tRB\t_\t3\tadvmod\t_\tSpaceAfter=No

      # sent_id = two
      1\t@Kim\tKim\tPROPN\tNNP\t_\t0\troot\t_\tA=1

      # sent_id = three
      1\tOslo\tOslo\tPROPN\tNNP\t_\t0\troot\t_\tSpaceAfter=No
      2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

      """;
  private static final String OTHER =
      """
      # sent_id = two
      1\t@\tO
      2\tKim\tB-PER

      # sent_id = three
      1\tRome\tB-LOC

      # sent_id = four
      1\tFour\tO

      # sent_id = one
      1\tAnn\tB-PER
      2\tLee\tI-PER
      3\t's\tO
      4\there\tO

      """;
  private static final String MERGED =
      """
      # sent_id = one
      # text = Ann Lee's here
      1\tAnn\tAnn\tPROPN\tNNP\t_\t3\tnsubj\t_\tNER=B-PER
      2-3\tLee's\t_\t_\t_\t_\t_\t_\t_\t_
      2\tLee\tLee\tPROPN\tNNP\t_\t1\tflat\t_\tNER=I-PER
      3\t's\tbe\tAUX\tVBZ\t_\t0\troot\t_\t_
      4\there\there\tADV\tRB\t_\t3\tadvmod\t_\tSpaceAfter=No

      # sent_id = two
      1\t@Kim\tKim\tPROPN\tNNP\t_\t0\troot\t_\tA=1|NER=B-PER

      # sent_id = three
      1\tOslo\tOslo\tPROPN\tNNP\t_\t0\troot\t_\tSpaceAfter=No|NER=_
      2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\tNER=_

      """;

  @TempDir Path folder;

  private Path base;
  private Path other;
  private Path out;

  @BeforeEach
  void writeFiles() throws IOException {
    base = file("base.conllu", BASE);
    other = file("other.iob2", OTHER);
    out = folder.resolve("out.conllu");
  }

  @Test
  void entitiesAreMergedByIdAndWhatHasNoneIsNamed() throws IOException {
    Outcome outcome = merge(base, other, "ner", out, "--columns", "id,form,ner");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .containsExactly(
            "3 sentences: 1 with the same tokens, 1 projected, 1 without tags (three)",
            "1 sentence of " + other + " not in " + base + " (four)");
    assertThat(Files.readString(out)).isEqualTo(MERGED);
  }

  @Test
  void whatWasMergedIsMergedAgainInPlaceAndFromConllu() throws IOException {
    file("out.conllu", MERGED);
    assertThat(merge(out, other, "ner", out, "--columns", "id,form,ner").status()).isZero();
    assertThat(Files.readString(out)).isEqualTo(MERGED);
    Path again = folder.resolve("again.conllu");
    Outcome outcome = merge(base, out, "ner", again);
    assertThat(outcome.err())
        .isEqualTo("3 sentences: 2 with the same tokens, 0 projected, 1 without tags (three)\n");
    assertThat(Files.readString(again)).isEqualTo(MERGED);
  }

  @Test
  void partsOfSpeechGoToTheirColumnAndAreNotProjected() throws IOException {
    Path tags =
        file(
            "tags.tsv",
            "# sent_id = one\nAnn N\nLee N\n's V\nhere A\n\n# sent_id = two\n@ X\nKim N\n");
    Outcome outcome = merge(base, tags, "xpos", out, "--columns", "form,xpos");
    assertThat(outcome.err())
        .isEqualTo(
            "3 sentences: 1 with the same tokens, 0 projected, 2 without tags (two, three)\n");
    assertThat(Files.readString(out))
        .isEqualTo(
            BASE.replace("here\tADV\tRB", "here\tADV\tA")
                .replace("VBZ", "V")
                .replaceAll("(Ann|Lee)\tPROPN\tNNP", "$1\tPROPN\tN")
                .replaceAll("(Oslo|Kim)\tPROPN\tNNP", "$1\tPROPN\t_")
                .replace("PUNCT\t.", "PUNCT\t_"));
  }

  @Test
  void sentencesWithoutIdsArePairedInOrder() throws IOException {
    Path tags = file("tags.conll", "Ann B-PER\nLee I-PER\n's O\nhere O\n\n@Kim O\n\nOslo. B-LOC\n");
    Outcome outcome = merge(base, tags, "place", out, "--columns", "form,place");
    assertThat(outcome.err())
        .isEqualTo("3 sentences: 2 with the same tokens, 1 projected, 0 without tags\n");
    assertThat(Files.readString(out)).contains("SpaceAfter=No|PLACE=B-LOC\n", "_\tPLACE=I-LOC\n");
    Path fewer = file("fewer.conll", "Ann B-PER\nLee I-PER\n's O\nhere O\n\nKim O\n");
    assertRefused(
        merge(base, fewer, "ner", folder.resolve("x"), "--columns", "form,ner"),
        "base.conllu:10: '@Kim', but ",
        "fewer.conll:6: 'Kim'; both files must have the same sentences in the same order");
    assertRefused(
        merge(
            base,
            file("one.conll", "Ann Lee's O\nhere O\n"),
            "ner",
            out,
            "--columns",
            "form,_,ner"),
        "one.conll:2: 2 columns, expected 3 (form, _, ner)");
  }

  @Test
  void onlyTheFirstSentencesAreNamed() throws IOException {
    String row = "\t_\t_\t_\t_\t_\t_\t_\t";
    StringBuilder many = new StringBuilder("# sent_id = a\n1\tx" + row + "NER=O\n\n");
    for (int i = 0; i < 6; i++) {
      many.append("# sent_id = b" + i + "\n1\ty" + row + "_\n\n");
    }
    Path from = file("from.conllu", "# sent_id = a\n1\tx" + row + "NER=B-X\n\n");
    Outcome outcome = merge(file("many.conllu", many.toString()), from, "ner", out);
    assertThat(outcome.err())
        .isEqualTo(
            "7 sentences: 1 with the same tokens, 0 projected, 6 without tags"
                + " (b0, b1, b2, b3, b4, ...)\n");
  }

  @Test
  void failedMergeLeavesNoFile() throws IOException {
    assertRefused(
        merge(base, other, "ner", out),
        "other.iob2: a first row of 3 columns, expected the 10 of CoNLL-U; name others with"
            + " --columns, as in id,form,ner");
    assertRefused(
        merge(base, other, "ner", out, "--columns", "id,form,tag"), "--columns: head 'ner'");
    assertRefused(
        merge(base, other, "ner", out, "--columns", "form,ner"),
        "other.iob2:2: 3 columns, expected 2");
    for (String head : List.of("feats", "misc:NER", "a b", "a=b")) {
      assertRefused(merge(base, base, head, out), "--head");
    }
    assertRefused(
        merge(base, file("strange.conllu", BASE.replaceAll("sent_id = ", "$0x")), "upos", out),
        "strange.conllu: no sentence has tags of head 'upos' for one of ",
        "do both have the same text?");
    assertRefused(merge(folder.resolve("absent"), base, "upos", out), "absent: no such file");
    assertRefused(
        merge(base, folder.resolve("absent"), "ner", out, "--columns", "form,ner"),
        "absent: no such file");
    assertRefused(merge(other, base, "upos", out), "other.iob2:2: 3 columns between tabs");
    assertRefused(merge(base, file("empty.conllu", "\n"), "upos", out), "no sentences");
    assertRefused(
        merge(base, other, "ner", folder.resolve("none/out.conllu"), "--columns", "id,form,ner"),
        "does not exist");
    Path twice = file("twice.iob2", OTHER.replace("= four", "= two"));
    assertRefused(
        merge(base, twice, "ner", out, "--columns", "id,form,ner"),
        "twice.iob2:9: sent_id 'two', which the sentence in line 2 has, too");
    Path bar = file("bar.iob2", OTHER.replace("B-PER", "B-P|R"));
    assertRefused(
        merge(base, bar, "ner", out, "--columns", "id,form,ner"),
        "base.conllu:3: sentence 'Ann Lee 's here' can't be written as CoNLL-U: tag 'B-P|R'");
    assertRefused(run("merge", "--into", base), "Missing required options");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.startsWith("out") || name.endsWith(".tmp"));
    }
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

  private static Outcome merge(Path into, Path from, String head, Path out, String... more) {
    return run(
        Stream.concat(
                Stream.of("merge", "--into", into, "--from", from, "--head", head, "-o", out),
                Arrays.stream(more))
            .toArray());
  }
}
