package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.console.Color;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.render.TableFormat;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;

/** The output on a terminal. The golden files are src/app/test/resources/table. */
class TableFormatTest {
  private static final Map<String, List<String>> KINDS = new LinkedHashMap<>();
  private static final Map<String, TagScheme> SCHEMES = Map.of("ner", TagScheme.IOB2);

  static {
    KINDS.put("upos", List.of("ADP", "NOUN", "PROPN", "PUNCT", "VERB"));
    KINDS.put("xpos", List.of("IN", "NNP", "VBZ"));
    KINDS.put("ner", List.of("LOC", "ORG", "PER"));
  }

  private static TaggedSentence sentence(String... rows) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    List<String> heads = List.copyOf(KINDS.keySet());
    List<String[]> cells = List.of(rows).stream().map(row -> row.split("/")).toList();
    for (int head = 0; head < heads.size(); head++) {
      int column = head + 1;
      tags.put(heads.get(head), TagSequence.of(cells.stream().map(c -> c[column]).toList()));
    }
    String[] forms = cells.stream().map(c -> c[0]).toArray(String[]::new);
    return new TaggedSentence(Sentence.of(forms), tags);
  }

  private static final List<TaggedSentence> SENTENCES =
      List.of(
          sentence(
              "Peter/PROPN/NNP/B-PER",
              "lives/VERB/VBZ/O",
              "in/ADP/IN/O",
              "New/PROPN/NNP/B-LOC",
              "York/PROPN/NNP/I-LOC",
              "City/PROPN/NNP/I-LOC",
              "./PUNCT/./O"),
          sentence(
              "서울특별시/PROPN/NNP/B-LOC",
              "東京/PROPN/NNP/B-LOC",
              "e\u0301te\u0301/NOUN/NN/O",
              "😀/PUNCT/NFP/O",
              "Donaudampfschifffahrtsgesellschaft/PROPN/NNP/B-ORG"),
          sentence("\u001b[31mred\u0007\u202e/NOUN/NN\u009b1m/O"));

  private static String table(int columns, boolean coloured) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputFormat.Writer writer =
        new TableFormat(KINDS, SCHEMES, columns, coloured).writer(List.of(out), Counts.ZERO);
    writer.begin();
    writer.write(Document.of("", SENTENCES.subList(0, 2)));
    writer.write(Document.of("", SENTENCES.subList(2, 3)));
    writer.end();
    writer.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String golden(String name) throws IOException {
    return Files.readString(Path.of("src/app/test/resources/table", name));
  }

  @Test
  void columnsAreAligned() throws IOException {
    assertThat(table(0, false)).isEqualTo(golden("plain.txt"));
  }

  @Test
  void wordsThatAreNotPartsFollowTheirMultiwordToken() throws IOException {
    Sentence sentence =
        new Sentence(
            List.of(
                new Token("do", 0, 2),
                new Token("n't", 2, 5),
                new Token("da", 6, 8),
                new Token("東", 6, 8),
                new Token("京", 6, 8)),
            List.of(
                new MultiwordToken("don't", new Span(0, 2), 0, 5),
                new MultiwordToken("東々", new Span(2, 5), 6, 8)));
    Map<String, TagSequence> tags = Map.of("upos", TagSequence.of("A", "B", "C", "D", "E"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputFormat.Writer writer =
        new TableFormat(Map.of("upos", List.of()), Map.of(), 0, false)
            .writer(List.of(out), Counts.ZERO);
    writer.write(Document.of("", List.of(new TaggedSentence(sentence, tags))));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            token      upos
            do         A
            n't        B
            東々 → da  C
                 → 東  D
                 → 京  E
            """);
  }

  @Test
  void coloursAreThoseOfTheTagsAndMentionsAreReversed() throws IOException {
    assertThat(table(0, true)).isEqualTo(golden("coloured.txt"));
  }

  @Test
  void noLineIsWiderThanTheTerminal() throws IOException {
    String table = table(30, false);
    assertThat(table).isEqualTo(golden("narrow.txt"));
    assertThat(table.lines()).allMatch(l -> l.codePoints().map(WCWidth::wcwidth).sum() <= 30);
  }

  @Test
  void coloursChangeNothingButColours() throws IOException {
    assertThat(table(40, true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(table(40, false));
  }

  @Test
  void nothingInATextSteersTheTerminal() throws IOException {
    assertThat(table(0, false)).doesNotContainPattern("[\\p{Cc}\u202e&&[^\n]]");
  }

  @Test
  void colourNeedsTheOptionOrSuitableTerminal() {
    Map<String, String> plain = Map.of("TERM", "xterm");
    assertThat(Color.AUTO.isOn(true, plain)).isTrue();
    assertThat(Color.AUTO.isOn(true, Map.of())).isTrue();
    assertThat(Color.AUTO.isOn(false, plain)).isFalse();
    assertThat(Color.AUTO.isOn(true, Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Color.AUTO.isOn(true, Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Color.AUTO.isOn(true, Map.of("TERM", "dumb"))).isFalse();
    assertThat(Color.ALWAYS.isOn(false, Map.of("NO_COLOR", "1"))).isTrue();
    assertThat(Color.NEVER.isOn(true, plain)).isFalse();
  }

  private static String tag(String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "tag";
    System.arraycopy(options, 0, args, 1, options.length);
    CommandLineRun.Outcome outcome = CommandLineRun.runWith("She reads books.", (Object[]) args);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  void outputIsTextOffTerminalUnlessOptionsDiffer() {
    String table =
        """
        token  upos   xpos  feats                                                  lemma  ner
        She    PRON   PRP   Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs  she
        reads  VERB   VBZ   Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin  read
        books  NOUN   NNS   Number=Plur                                            book
        .      PUNCT  .     _                                                      .
        """;
    assertThat(tag())
        .isEqualTo("She/PRON/PRP/she reads/VERB/VBZ/read books/NOUN/NNS/book ./PUNCT/./.\n");
    assertThat(tag("--color", "never")).isEqualTo(tag());
    assertThat(tag("--out", "text", "--color", "always")).isEqualTo(tag());
    assertThat(tag("--out", "table")).isEqualTo(table);
    assertThat(tag("--color", "always"))
        .contains("\u001b[")
        .isEqualTo(tag("--out", "table", "--color", "always"));
    assertThat(tag("--color", "always").replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(table);
  }
}
