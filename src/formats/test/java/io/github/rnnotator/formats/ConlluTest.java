package io.github.rnnotator.formats;

import static io.github.rnnotator.formats.Corpora.read;
import static io.github.rnnotator.formats.Corpora.retagged;
import static io.github.rnnotator.formats.Corpora.tagged;
import static io.github.rnnotator.formats.Corpora.unread;
import static io.github.rnnotator.formats.Corpora.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Section;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConlluTest {
  private static final CorpusFormat UPOS = new CorpusFormat.Conllu(Map.of("upos", "upos"));
  private static final CorpusFormat BOTH =
      new CorpusFormat.Conllu(Map.of("upos", "upos", "ner", "misc:NER"));

  private static final String DONT =
      """
      # text = I  don't 😀 know.
      1\tI\tI\tPRON\t_\t_\t_\t_\t_\tNER=B-PER|Typo=No
      2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
      2\tdo\tdo\tAUX\t_\t_\t_\t_\t_\t_
      3\tn't\tnot\tPART\t_\t_\t_\t_\t_\t_
      3.1\tnow\tnow\tADV\t_\t_\t_\t_\t_\t_
      4\t😀\t_\tSYM\t_\t_\t_\t_\t_\t_
      5\tknow\tknow\tVERB\t_\t_\t_\t_\t_\tSpaceAfter=No
      6\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_

      """;

  private static final String DA_CASA =
      """
      # text = longe da casa.
      1\tlonge\t_\tADV\t_\t_\t_\t_\t_\t_
      2-3\tda\t_\t_\t_\t_\t_\t_\t_\t_
      2\tde\t_\tADP\t_\t_\t_\t_\t_\t_
      3\ta\t_\tDET\t_\t_\t_\t_\t_\t_
      4\tcasa\t_\tNOUN\t_\t_\t_\t_\t_\tSpaceAfter=No
      5\t.\t_\tPUNCT\t_\t_\t_\t_\t_\t_

      """;

  @Property(tries = 200)
  void writtenSentencesAreReadBack(@ForAll("sentences") List<TaggedSentence> sentences)
      throws IOException {
    var format = new CorpusFormat.Conllu(Map.of("first", "xpos", "second", "misc:SECOND"));
    assertThat(tagged(read(format, write(format, unread(sentences))))).isEqualTo(sentences);
  }

  @Property(tries = 200)
  void fileIsWrittenBackByteForByte(@ForAll("files") String file) throws IOException {
    List<TaggedSentence> sentences = read(BOTH, file);
    assertThat(write(BOTH, sentences)).isEqualTo(file);
    List<TaggedSentence> changed =
        sentences.stream()
            .map(s -> retagged(retagged(s, "upos", "CHANGED"), "ner", "I-NEW"))
            .toList();
    String written = write(BOTH, changed);
    assertThat(tagged(read(BOTH, written))).isEqualTo(tagged(changed));
    assertThat(withoutTags(written)).isEqualTo(withoutTags(file));
  }

  @Provide
  Arbitrary<List<TaggedSentence>> sentences() {
    return Corpora.multiwordSentences().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.randomValue(ConlluTest::file);
  }

  /** A random file with comments, multiword tokens, empty nodes and attributes in MISC. */
  private static String file(Random random) {
    StringBuilder file = new StringBuilder();
    for (int s = 0; s <= random.nextInt(3); s++) {
      file.append(random.nextBoolean() ? "# text = a b é東\n" : "");
      file.append(random.nextBoolean() ? "#no key\n# sent_id = " + s + "\n" : "");
      file.append(random.nextInt(4) == 0 ? row(random, "0.1", true, true) : "");
      boolean upos = random.nextInt(3) > 0;
      boolean ner = random.nextInt(3) > 0;
      int size = 1 + random.nextInt(6);
      int multiwordEnd = 0;
      for (int i = 1; i <= size; i++) {
        if (i > multiwordEnd && i < size && random.nextInt(3) == 0) {
          multiwordEnd = i + 1 + random.nextInt(size - i);
          file.append(row(random, i + "-" + multiwordEnd, random.nextBoolean(), true));
        }
        file.append(row(random, String.valueOf(i), upos, ner));
        for (int empty = 1; random.nextInt(4) == 0; empty++) {
          file.append(row(random, i + "." + empty, random.nextBoolean(), false));
        }
      }
      file.append('\n');
    }
    return file.toString();
  }

  /** A line, whose tags may be missing: {@code _}, {@code NER=_}. */
  private static String row(Random random, String id, boolean upos, boolean ner) {
    List<String> cells = new ArrayList<>(List.of(id));
    for (int column = 1; column < 9; column++) {
      String cell =
          pick(random, "_", "a", "b", "é東", "A=B|C=D", "two words", "👩‍🚀", "e\u0301", "\u00a0x");
      cells.add(column != 3 ? cell : upos ? cell.replace("_", "X") : "_");
    }
    cells.add(
        ner
            ? pick(
                random,
                "_",
                "NER=O",
                "NER=B-X",
                "A=1|NER=I-Y|SpaceAfter=No",
                "SpaceAfter=No",
                "odd|XNER=1|",
                "|")
            : pick(random, "NER=_", "A=_|NER=_|SpaceAfter=No"));
    return String.join("\t", cells) + "\n";
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  /** Each line without the tags of words: UPOS, and NER in MISC. */
  private static List<String> withoutTags(String file) {
    List<String> lines = new ArrayList<>();
    for (String line : file.split("\n")) {
      String[] cells = line.split("\t", -1);
      if (cells.length == 10 && cells[0].matches("\\d+")) {
        cells[3] = "";
        List<String> misc = new ArrayList<>(Arrays.asList(cells[9].split("\\|", -1)));
        misc.removeIf(attribute -> attribute.startsWith("NER=") || attribute.equals("_"));
        cells[9] = String.join("|", misc);
      }
      lines.add(String.join("\t", cells));
    }
    return lines;
  }

  @Example
  void lineEndsFollowTheFile() throws IOException {
    String text =
        "# text = a b\n1\ta\t_\tX\t_\t_\t_\t_\t_\t_\n2\tb\t_\tY\t_\t_\t_\t_\t_\t_\n\n"
            + "1\tc\t_\tZ\t_\t_\t_\t_\t_\t_\n\n";
    for (String end : List.of("\n", "\r\n", "\r")) {
      List<TaggedSentence> sentences =
          read(new CorpusFormat.Conllu(Map.of("upos", "upos")), text.replace("\n", end));
      assertThat(sentences).hasSize(2);
      assertThat(sentences.get(0).tags("upos").tags()).containsExactly("X", "Y");
      assertThat(sentences.get(1).origin().line()).isEqualTo(5);
    }
  }

  @Example
  void carriageReturnWithinLineIsKept() throws IOException {
    String text = "1\ta\rb\t_\tX\t_\t_\t_\t_\t_\t_\n\n";
    List<TaggedSentence> sentences = read(new CorpusFormat.Conllu(Map.of()), text);
    assertThat(sentences.get(0).sentence().forms()).containsExactly("a\rb");
  }

  @Example
  void tokensHaveOffsetsInTheText() throws IOException {
    TaggedSentence sentence = read(BOTH, DONT).get(0);
    assertThat(sentence.sentence().tokens())
        .containsExactly(
            new Token("I", 0, 1),
            new Token("do", 3, 5),
            new Token("n't", 5, 8),
            new Token("😀", 9, 11),
            new Token("know", 12, 16),
            new Token(".", 16, 17));
    assertThat(sentence.sentence().multiwordTokens())
        .containsExactly(new MultiwordToken("don't", new Span(1, 3), 3, 8));
    assertThat(sentence.tags("upos").tags())
        .containsExactly("PRON", "AUX", "PART", "SYM", "VERB", "PUNCT");
    assertThat(sentence.tags("ner").tags()).containsExactly("B-PER", "O", "O", "O", "O", "O");
    assertThat(sentence.origin().line()).isEqualTo(2);
  }

  @Example
  void offsetsFollowSpacesWithoutMatchingText() throws IOException {
    for (String comment : List.of("", "# text = I don't know.\n", "# text_en = I\n")) {
      String file = comment + DONT.substring(DONT.indexOf("1\t"));
      assertThat(read(BOTH, file).get(0).sentence().tokens())
          .containsExactly(
              new Token("I", 0, 1),
              new Token("do", 2, 4),
              new Token("n't", 4, 7),
              new Token("😀", 8, 10),
              new Token("know", 11, 15),
              new Token(".", 15, 16));
    }
  }

  @Example
  void wordsThatAreNotPartsHaveTheOffsetsOfTheirToken() throws IOException {
    Sentence sentence = read(UPOS, DA_CASA).get(0).sentence();
    assertThat(sentence.tokens())
        .containsExactly(
            new Token("longe", 0, 5),
            new Token("de", 6, 8),
            new Token("a", 6, 8),
            new Token("casa", 9, 13),
            new Token(".", 13, 14));
    assertThat(sentence.multiwordTokens())
        .containsExactly(new MultiwordToken("da", new Span(1, 3), 6, 8));
  }

  @Example
  void multiwordTokensHaveRowsOfTheirOwn() throws IOException {
    TaggedSentence read = read(UPOS, DA_CASA).get(0).with(Origin.NONE);
    assertThat(write(UPOS, List.of(read))).isEqualTo(DA_CASA);
    List<Token> words = new ArrayList<>(MultiwordToken.words("don't", 0, List.of("do", "n't")));
    words.add(new Token("!", 5, 6));
    Sentence touching =
        new Sentence(words, List.of(new MultiwordToken("don't", new Span(0, 2), 0, 5)));
    assertThat(write(UPOS, List.of(TaggedSentence.untagged(touching))))
        .isEqualTo(
            """
            # text = don't!
            1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
            1\tdo\t_\t_\t_\t_\t_\t_\t_\t_
            2\tn't\t_\t_\t_\t_\t_\t_\t_\t_
            3\t!\t_\t_\t_\t_\t_\t_\t_\t_

            """);
  }

  @Example
  void formsOfMultiwordTokensWithTabsAreRefused() {
    for (String form : List.of("d\ta", "d\na", "d\ra")) {
      Sentence sentence =
          new Sentence(
              MultiwordToken.words(form, 0, List.of("de", "a")),
              List.of(new MultiwordToken(form, new Span(0, 2), 0, 3)));
      assertThatExceptionOfType(CorpusException.class)
          .isThrownBy(() -> write(UPOS, List.of(TaggedSentence.untagged(sentence))))
          .withMessageContaining("a form holds a tab or a line end");
    }
  }

  @Example
  void touchingSentencesAreMarkedAtTheirLastToken() throws IOException {
    Sentence first =
        new Sentence(
            MultiwordToken.words("da", 0, List.of("de", "a")),
            List.of(new MultiwordToken("da", new Span(0, 2), 0, 2)));
    Sentence second = new Sentence(List.of(new Token("o", 2, 3)));
    Document document =
        Document.of(
            "dao", List.of(TaggedSentence.untagged(first), TaggedSentence.untagged(second)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputFormat.Writer writer =
        OutputFormat.conllu(new CorpusFormat.Conllu(Map.of())).writer(List.of(out), Counts.ZERO);
    writer.write(document);
    writer.flush();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "1-2\tda\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                + "1\tde\t_\t_\t_\t_\t_\t_\t_\t_\n"
                + "2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n");
  }

  @Example
  void offsetsBeginAtZeroInEachSentence() throws IOException {
    assertThat(read(BOTH, DONT + DONT)).allMatch(s -> s.sentence().tokens().get(0).begin() == 0);
  }

  @Example
  void newTagsReplaceOnlyTheirColumn() throws IOException {
    TaggedSentence sentence = read(BOTH, DONT).get(0);
    String written = write(BOTH, List.of(retagged(retagged(sentence, "upos", "X"), "ner", "I-A")));
    assertThat(written)
        .isEqualTo(
            """
            # text = I  don't 😀 know.
            1\tI\tI\tX\t_\t_\t_\t_\t_\tNER=I-A|Typo=No
            2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
            2\tdo\tdo\tX\t_\t_\t_\t_\t_\tNER=I-A
            3\tn't\tnot\tX\t_\t_\t_\t_\t_\tNER=I-A
            3.1\tnow\tnow\tADV\t_\t_\t_\t_\t_\t_
            4\t😀\t_\tX\t_\t_\t_\t_\t_\tNER=I-A
            5\tknow\tknow\tX\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=I-A
            6\t.\t.\tX\t_\t_\t_\t_\t_\tNER=I-A

            """);
    assertThat(write(BOTH, List.of(retagged(sentence, "ner", "O"))))
        .isEqualTo(DONT.replace("NER=B-PER", "NER=O"));
  }

  @Example
  void sentenceLacksHeadWithAllTagsMissing() throws IOException {
    var all =
        new CorpusFormat.Conllu(
            Map.of("u", "upos", "x", "xpos", "n", "misc:NER", "l", "lemma", "f", "feats"));
    String file = "1\ta\t_\t_\t_\t_\t_\t_\t_\tNER=_\n2\tb\t_\t_\t_\t_\t_\t_\t_\tA=1|NER=_\n\n";
    TaggedSentence sentence = read(all, file).get(0);
    // In FEATS it means that a word has no features.
    assertThat(sentence.tags().keySet()).containsExactly("f");
    assertThat(sentence.tags("f").tags()).containsExactly("_", "_");
    assertThat(write(all, List.of(sentence))).isEqualTo(file);
    String tagged = file.replace("A=1|NER=_", "A=1").replace("NER=_", "_");
    assertThat(read(all, tagged).get(0).tags("n").tags()).containsExactly("O", "O");
  }

  @Example
  void aWordMayLackItsTag() throws IOException {
    String file = row("1") + row("2-3") + row("2") + row("3").replace("X", "_") + "\n";
    TaggedSentence sentence = read(BOTH, file).get(0);
    assertThat(sentence.tags("upos").tags()).containsExactly("X", "X", TagSequence.MISSING);
    assertThat(write(BOTH, List.of(sentence))).isEqualTo(file);
    var lemma = new CorpusFormat.Conllu(Map.of("lemma", "lemma"));
    String lemmas = row("1").replace("x\t_", "x\ty") + row("2") + "\n";
    assertThat(read(lemma, lemmas).get(0).tags("lemma").tags())
        .containsExactly("y", TagSequence.MISSING);
    assertThat(write(lemma, read(lemma, lemmas))).isEqualTo(lemmas);
    var features = new CorpusFormat.Columns(List.of("form", "feats"), Map.of("feats", "feats"));
    assertThat(read(features, "x _\ny A=1\n").get(0).tags("feats").tags())
        .containsExactly("_", "A=1");
    String misc = row("1") + "2\tx\t_\tX\t_\t_\t_\t_\t_\tNER=_\n\n";
    TaggedSentence named = read(BOTH, misc).get(0);
    assertThat(named.tags("ner").tags()).containsExactly("O", TagSequence.MISSING);
    assertThat(write(BOTH, List.of(named))).isEqualTo(misc);
    var columns = new CorpusFormat.Columns(List.of("form", "ner"), Map.of("ner", "ner"));
    assertThat(write(columns, List.of(named))).isEqualTo("x\tO\tX\nx\t_\tX\n\n");
  }

  @Example
  void missingHeadOfColumnsIsMissingInConllu() throws IOException {
    var columns = new CorpusFormat.Columns(List.of("form", "ner"), Map.of("ner", "ner"));
    String written = write(BOTH, read(columns, "Oslo _\n\nOslo B-LOC\nis O\n\n"));
    assertThat(written)
        .isEqualTo(
            "# text = Oslo\n1\tOslo\t_\t_\t_\t_\t_\t_\t_\tNER=_\n\n"
                + "# text = Oslo is\n1\tOslo\t_\t_\t_\t_\t_\t_\t_\tNER=B-LOC\n"
                + "2\tis\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
  }

  @Example
  void unmappedHeadsHaveDefaultColumns() throws IOException {
    var none = new CorpusFormat.Conllu(Map.of());
    TaggedSentence sentence = read(none, "1\tPeter\t_\t_\t_\t_\t_\t_\t_\t_\n").get(0);
    assertThat(sentence.tags()).isEmpty();
    assertThat(write(none, List.of(retagged(retagged(sentence, "xpos", "NNP"), "ner", "B-PER"))))
        .isEqualTo("1\tPeter\t_\t_\tNNP\t_\t_\t_\t_\tNER=B-PER\n\n");
    TaggedSentence empty = read(none, "1\tPeter\t_\t_\t_\t_\t_\t_\t_\t\n").get(0);
    assertThat(write(none, List.of(retagged(empty, "ner", "B-PER"))))
        .isEqualTo("1\tPeter\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n\n");
  }

  @Example
  void underscoreMayBeForm() throws IOException {
    assertThat(read(UPOS, "1\t_\t_\tSYM\t_\t_\t_\t_\t_\t_\n").get(0).sentence().forms())
        .containsExactly("_");
  }

  @Example
  void sentencesFromOtherSourcesGetTextComment() throws IOException {
    TaggedSentence sentence =
        new TaggedSentence(
            new Sentence(
                List.of(
                    new Token("New", 100, 103),
                    new Token("York", 107, 111),
                    new Token(".", 111, 112))),
            Map.of("ner", TagSequence.of("B-LOC", "I-LOC", "O")));
    assertThat(write(BOTH, unread(List.of(sentence))))
        .isEqualTo(
            """
            # text = New York.
            1\tNew\t_\t_\t_\t_\t_\t_\t_\tNER=B-LOC
            2\tYork\t_\t_\t_\t_\t_\t_\t_\tNER=I-LOC|SpaceAfter=No
            3\t.\t_\t_\t_\t_\t_\t_\t_\t_

            """);
  }

  @Example
  void commentsOfColumnsAreKept() throws IOException {
    var uner = new CorpusFormat.Columns(List.of("id", "form", "ner"), Map.of("ner", "ner"), true);
    String file = "# sent_id = 1\n# text = New York\n1\tNew\tB-LOC\n2\tYork\tI-LOC\n\n";
    String conllu = write(BOTH, read(uner, file));
    assertThat(conllu)
        .isEqualTo(
            "# sent_id = 1\n# text = New York\n1\tNew\t_\t_\t_\t_\t_\t_\t_\tNER=B-LOC\n"
                + "2\tYork\t_\t_\t_\t_\t_\t_\t_\tNER=I-LOC\n\n");
    assertThat(write(uner, read(BOTH, conllu).stream().map(ConlluTest::onlyNer).toList()))
        .isEqualTo(file);
  }

  private static TaggedSentence onlyNer(TaggedSentence s) {
    return s.with(Map.of("ner", s.tags("ner")));
  }

  @Example
  void filesOfOtherFormatsAreRefused() {
    refused(
        "EU NNP I-NP I-ORG\n",
        "corpus.txt:1: 1 column between tabs, expected the 10 of CoNLL-U; is this a file of columns?");
    refused(
        "# text = a\n1\tEU\tB-ORG\n",
        "corpus.txt:2: 3 columns between tabs, expected the 10 of CoNLL-U; is this a file of columns?");
    refused(
        row("1") + "2\tx\n", "corpus.txt:2: 2 columns between tabs, expected the 10 of CoNLL-U");
  }

  @Example
  void idsMustCountWords() {
    refused(row("2"), "corpus.txt:1: id '2', expected 1; ids count words from 1");
    refused(row("1") + row("3"), "corpus.txt:2: id '3', expected 2; ids count words from 1");
    refused(row("01"), "corpus.txt:1: id '01', expected 1; ids count words from 1");
    refused(
        row("one"),
        "corpus.txt:1: id 'one', expected a word (3), a multiword token (3-4) or an empty node (8.1)");
    refused(
        row("1") + row("3-4"),
        "corpus.txt:2: multiword token '3-4', expected one that begins with word 2 and ends after it");
    refused(
        row("1-1"),
        "corpus.txt:1: multiword token '1-1', expected one that begins with word 1 and ends after it");
    refused(
        row("1-3") + row("1") + row("2-4"),
        "corpus.txt:3: multiword token '2-4', expected one that begins with word 4 and ends after it");
    refused(
        "\n" + row("1-3") + row("1"),
        "corpus.txt:2: a multiword token ends with word 3, but the sentence has only 1");
    refused(row("1") + row("1.2"), "corpus.txt:2: empty node '1.2', expected 1.1");
    refused(row("0.1"), "corpus.txt:1: a sentence without words");
  }

  @Example
  void commentsPrecedeWords() {
    refused(
        "# a\n\n" + row("1"),
        "corpus.txt:2: a blank line after comments, expected the words of their sentence");
    refused(
        row("1") + "\n# a\n",
        "corpus.txt:3: the file ends after comments, expected the words of their sentence");
    refused(
        row("1") + "# a\n" + row("2"),
        "corpus.txt:2: a comment after a word; is the blank line before it missing?");
  }

  @Example
  void emptyColumnsInUseAreRefused() {
    refused(
        "1\t\t_\tX\t_\t_\t_\t_\t_\t_\n", "corpus.txt:1: column 2 is empty, expected a value or _");
    refused(
        "1\ta\t_\t\t_\t_\t_\t_\t_\t_\n", "corpus.txt:1: column 4 is empty, expected a value or _");
  }

  @Example
  void fileWithoutSentencesIsRefused() {
    refused("", "corpus.txt: no sentences, expected at least one");
    refused("\n\n", "corpus.txt: no sentences, expected at least one");
  }

  @Example
  void whatWouldNotBeReadBackIsNotWritten() {
    for (String tag : List.of("a|b", "a\tb", "a\nb")) {
      assertThatExceptionOfType(CorpusException.class)
          .isThrownBy(
              () ->
                  write(
                      BOTH,
                      List.of(retagged(TaggedSentence.untagged(Sentence.of("x")), "ner", tag))))
          .withMessage(
              "<output>: sentence 'x' can't be written as CoNLL-U: tag '"
                  + tag.replace("\t", "\\t").replace("\n", "\\n")
                  + "' of head 'ner' is empty or holds a separator");
    }
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(
            () -> write(UPOS, unread(List.of(TaggedSentence.untagged(Sentence.of("a\tb"))))))
        .withMessage(
            "<output>: sentence 'a b' can't be written as CoNLL-U: a form holds a tab or a line end");
  }

  @Example
  void headsAreChecked() {
    for (String column : List.of("form", "UPOS", "misc:", "misc:A=B", "misc:A|B", "ner")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CorpusFormat.Conllu(Map.of("x", column)))
          .withMessage(
              "head 'x': '"
                  + column
                  + "' is not a column for tags in CoNLL-U; use lemma, upos, xpos, feats, deprel or misc:KEY");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CorpusFormat.Conllu(Map.of("x", "upos", "y", "upos")))
        .withMessageStartingWith("two heads share the column 'upos'; give head '");
  }

  private static String row(String id) {
    return id + "\tx\t_\tX\t_\t_\t_\t_\t_\t_\n";
  }

  @Example
  void spacesBetweenSentencesAndDocumentsAreWritten() throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    // "a.b. c." and more of the document.
    for (int begin : List.of(0, 2, 5)) {
      Sentence sentence =
          new Sentence(
              List.of(new Token("x", begin, begin + 1), new Token(".", begin + 1, begin + 2)));
      sentences.add(TaggedSentence.untagged(sentence));
    }
    OutputFormat format = OutputFormat.conllu(new CorpusFormat.Conllu(Map.of()));
    Document whole = new Document("d 1", "x.x. x.", sentences, Section.inFile("f"));
    Document part = new Document("", "x.x. x.", sentences, section(true, true, 0));
    assertThat(misc(format, whole)).containsExactly("SpaceAfter=No", "_", "_");
    assertThat(misc(format, part)).containsExactly("SpaceAfter=No", "_", "SpaceAfter=No");
    assertThat(misc(format, Document.of("", sentences))).containsExactly("_", "_", "_");
    assertThat(written(format, whole)).startsWith("# newdoc id = d 1\n# text = x.\n");
    assertThat(written(format, part)).startsWith("# newdoc\n# text = x.\n");
    Document next = new Document("", "x.x. x.", sentences, section(false, false, 7));
    assertThat(written(format, next)).startsWith("# text = x.\n");
  }

  private static Section section(boolean begins, boolean continues, int at) {
    return new Section(begins, false, continues, at, at, Origin.at("f", 1));
  }

  private static String written(OutputFormat format, Document passage) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputFormat.Writer writer = format.writer(List.of(out), Counts.ZERO);
    writer.write(passage);
    writer.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> misc(OutputFormat format, Document passage) throws IOException {
    return written(format, passage)
        .lines()
        .filter(line -> line.startsWith("2\t"))
        .map(line -> line.substring(line.lastIndexOf('\t') + 1))
        .toList();
  }

  private static void refused(String file, String message) {
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> read(UPOS, file))
        .withMessage(message);
  }
}
