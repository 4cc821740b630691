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
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ColumnsTest {
  private static final CorpusFormat.Columns CONLL2003 =
      new CorpusFormat.Columns(List.of("form", "pos", "chunk", "ner"), Map.of("ner", "ner"));
  private static final CorpusFormat.Columns UNER =
      new CorpusFormat.Columns(List.of("id", "form", "ner"), Map.of("ner", "ner"), true);

  @Property(tries = 200)
  void writtenSentencesAreReadBack(@ForAll("sentences") List<TaggedSentence> sentences)
      throws IOException {
    var format =
        new CorpusFormat.Columns(
            List.of("second", "_", "form", "first"), Map.of("first", "first", "second", "second"));
    assertThat(tagged(read(format, write(format, unread(sentences)))))
        .isEqualTo(sentences.stream().map(ColumnsTest::withoutOffsets).toList());
  }

  @Property(tries = 200)
  void fileIsWrittenBackByteForByte(@ForAll("files") String file) throws IOException {
    var format = new CorpusFormat.Columns(List.of("form", "_", "ner"), Map.of("ner", "ner"), true);
    List<TaggedSentence> sentences = read(format, file);
    assertThat(write(format, sentences)).isEqualTo(file);
    List<TaggedSentence> other = new ArrayList<>();
    for (TaggedSentence sentence : sentences) {
      other.add(retagged(sentence, "ner", "LONGER-TAG"));
    }
    List<TaggedSentence> reread = read(format, write(format, other));
    assertThat(reread).allSatisfy(s -> assertThat(s.tags("ner").tags()).containsOnly("LONGER-TAG"));
    List<TaggedSentence> restored = new ArrayList<>();
    for (int i = 0; i < reread.size(); i++) {
      boolean lacking = sentences.get(i).tags().isEmpty();
      restored.add(
          lacking
              ? retagged(reread.get(i), "ner", "_")
              : reread.get(i).with(sentences.get(i).tags()));
    }
    assertThat(write(format, restored)).isEqualTo(file);
  }

  @Provide
  Arbitrary<List<TaggedSentence>> sentences() {
    return Corpora.sentences().list().ofMinSize(1).ofMaxSize(4);
  }

  /** Files with tabs or runs of spaces, comments, boundaries and further blank lines. */
  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> form = Corpora.forms().filter(f -> !f.startsWith("#"));
    Arbitrary<String> row =
        Combinators.combine(
                form,
                Corpora.tags(),
                Corpora.tags(),
                Arbitraries.of("\t", " ", "   "),
                Arbitraries.of("", "  "))
            .as(
                (f, a, b, gap, end) ->
                    gap.equals("\t") ? f + gap + a + gap + b : end + f + gap + a + " " + b + end);
    Arbitrary<String> before =
        Arbitraries.of(
            "",
            "# text = a b\n",
            "-DOCSTART- -X- O\n\n",
            "-DOCSTART-\n",
            "\n",
            " \t\n",
            "#\n# x\n");
    Arbitrary<String> sentence =
        Combinators.combine(before, row.list().ofMinSize(1).ofMaxSize(4))
            .as((b, rows) -> b + String.join("\n", rows) + "\n\n");
    Arbitrary<String> lacking =
        Combinators.combine(before, form.list().ofMinSize(1).ofMaxSize(3))
            .as((b, forms) -> b + String.join("\ta\t_\n", forms) + "\ta\t_\n\n");
    return Arbitraries.oneOf(sentence, lacking)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(s -> String.join("", s));
  }

  @Example
  void readsConll2003() throws IOException {
    List<TaggedSentence> sentences =
        read(
            CONLL2003,
            "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\n# # I-NP O\n-DOCSTART- x\n");
    assertThat(sentences).hasSize(2);
    assertThat(sentences.get(0).with(Origin.NONE))
        .isEqualTo(
            new TaggedSentence(
                Sentence.of("EU", "rejects"), Map.of("ner", TagSequence.of("I-ORG", "O"))));
    assertThat(sentences.get(0).origin().line()).isEqualTo(3);
    assertThat(sentences.get(0).origin().file()).isEqualTo("corpus.txt");
    assertThat(sentences.get(1).sentence().forms()).containsExactly("#");
  }

  @Example
  void readsUniversalNer() throws IOException {
    String file = "# sent_id = 1\n# text = # New York\n1\t#\tO\n2\tNew York\tB-LOC\n\n";
    List<TaggedSentence> sentences = read(UNER, file);
    assertThat(sentences.get(0).sentence().forms()).containsExactly("#", "New York");
    assertThat(SourceLines.of(sentences.get(0)).comments())
        .containsExactly("# sent_id = 1", "# text = # New York");
    assertThat(write(UNER, sentences)).isEqualTo(file);
  }

  @Example
  void sentenceLacksHeadWithEmptyColumn() throws IOException {
    String file = "EU NNP _ _\nrejects _ _ _\n\nUN NNP _ O\n\n";
    var both =
        new CorpusFormat.Columns(
            List.of("form", "pos", "chunk", "ner"), Map.of("chunk", "chunk", "ner", "ner"));
    List<TaggedSentence> sentences = read(both, file);
    assertThat(sentences.get(0).tags()).isEmpty();
    assertThat(sentences.get(1).tags()).containsOnlyKeys("ner");
    assertThat(write(both, sentences)).isEqualTo(file);
    String some = "EU NNP _ I-ORG\nUN NNP _ O\nUS NNP _ _\n\n";
    List<TaggedSentence> partial = read(both, some);
    assertThat(partial.get(0).tags("ner").tags())
        .containsExactly("I-ORG", "O", TagSequence.MISSING);
    assertThat(write(both, partial)).isEqualTo(some);
  }

  @Example
  void untaggedFileIsRead() throws IOException {
    var words = new CorpusFormat.Columns(List.of("form"), Map.of());
    List<TaggedSentence> sentences = read(words, "-DOCSTART-\n\nPeter\nsleeps");
    assertThat(sentences.get(0).with(Origin.NONE))
        .isEqualTo(TaggedSentence.untagged(Sentence.of("Peter", "sleeps")));
    assertThat(write(words, List.of(retagged(retagged(sentences.get(0), "a", "A"), "b", "B"))))
        .isEqualTo("-DOCSTART- O O\n\nPeter A B\nsleeps A B\n\n");
  }

  @Example
  void headWithoutColumnIsAppended() throws IOException {
    List<TaggedSentence> sentences =
        read(CONLL2003, "-DOCSTART-\t-X-\tO\tO\n\nEU  NNP I-NP I-ORG \n\n");
    assertThat(
            write(
                CONLL2003, List.of(retagged(retagged(sentences.get(0), "ner", "O"), "new", "B-X"))))
        .isEqualTo("-DOCSTART-\t-X-\tO\tO\tO\n\nEU  NNP I-NP O B-X\n\n");
  }

  @Example
  void sharedColumnsAreKeptInOtherLayouts() throws IOException {
    List<TaggedSentence> sentences = read(CONLL2003, "EU NNP I-NP I-ORG\nrejects VBZ I-VP O\n");
    var other =
        new CorpusFormat.Columns(
            List.of("id", "pos", "form", "lemma", "entity"), Map.of("ner", "entity"));
    assertThat(write(other, sentences))
        .isEqualTo("1\tNNP\tEU\t_\tI-ORG\n2\tVBZ\trejects\t_\tO\n\n");
  }

  @Example
  void windowsLineEndsAndByteOrderMarkAreSkipped() throws IOException {
    assertThat(tagged(read(CONLL2003, "\ufeffEU NNP I-NP I-ORG\r\n\r\nUN NNP I-NP I-ORG\r\n")))
        .isEqualTo(tagged(read(CONLL2003, "EU NNP I-NP I-ORG\n\nUN NNP I-NP I-ORG\n")))
        .hasSize(2);
  }

  @Example
  void tooFewColumnsAreRefused() {
    refused(
        CONLL2003,
        "EU NNP I-NP I-ORG\n\nUN NNP I-NP\n",
        "corpus.txt:3: 3 columns, expected 4 (form, pos, chunk, ner); the rows before this one have"
            + " them all");
    refused(
        CONLL2003,
        "\nConfidence NN B-NP\n",
        "corpus.txt:2: 3 columns, expected 4 (form, pos, chunk, ner); is this a CoNLL-2000 file?");
    refused(
        CONLL2003,
        "hello\n",
        "corpus.txt:1: 1 column, expected 4 (form, pos, chunk, ner); does the file have other"
            + " columns?");
  }

  @Example
  void filesOfOtherFormatsAreRefused() {
    refused(
        CONLL2003,
        "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n",
        "corpus.txt:1: 10 columns, expected 4 (form, pos, chunk, ner); is this a CoNLL-U file?");
    refused(
        CONLL2003,
        "# text = Peter sleeps\n",
        "corpus.txt:1: 5 columns, expected 4 (form, pos, chunk, ner); is this a comment?");
  }

  @Example
  void emptyCellIsRefused() {
    refused(
        UNER,
        "1\tPeter\tO\n2\tsleeps\t\n",
        "corpus.txt:2:10: column 'ner' is empty, expected a value between the tabs");
    refused(
        UNER,
        "1\t\tO\n",
        "corpus.txt:1:3: column 'form' is empty, expected a value between the tabs");
  }

  @Example
  void fileWithoutSentencesIsRefused() {
    refused(CONLL2003, "", "corpus.txt: no sentences, expected at least one");
    refused(
        CONLL2003, "\n \n-DOCSTART- -X- O O\n", "corpus.txt: no sentences, expected at least one");
  }

  @Example
  void ambiguousFormsAndTagsAreNotWritten() {
    var format = new CorpusFormat.Columns(List.of("form", "ner"), Map.of("ner", "ner"), true);
    unwritable(
        format,
        sentence("a\tb", "O"),
        "can't be written as columns: a form or tag is empty or holds a separator");
    unwritable(
        format,
        sentence("a\nb", "O"),
        "can't be written as columns: a form or tag is empty or holds a separator");
    unwritable(
        format,
        sentence("#", "O"),
        "can't be written as columns: '#' would not be read as a token");
    unwritable(
        format,
        sentence("-DOCSTART-", "O"),
        "can't be written as columns: '-DOCSTART-' would not be read as a token");
    unwritable(
        format, sentence("\ud83d", "O"), "has an unpaired surrogate, which UTF-8 can't encode");
  }

  @Example
  void tagWithSpaceIsRefusedInLineWithSpaces() throws IOException {
    TaggedSentence sentence = read(CONLL2003, "\nEU NNP I-NP I-ORG\n").get(0);
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> write(CONLL2003, List.of(retagged(sentence, "ner", "two words"))))
        .withMessage(
            "corpus.txt:2: sentence 'EU' can't be written as columns: a form or tag is empty or holds"
                + " a separator");
  }

  @Example
  void columnsAreChecked() {
    badColumns(List.of("word", "ner"), Map.of(), "no column is named 'form' among word, ner");
    badColumns(List.of("form", "ner", "ner"), Map.of(), "two columns are named 'ner'");
    badColumns(
        List.of("form", "_", "_", "ner"),
        Map.of("ner", "nerr"),
        "head 'ner': column 'nerr' is not one for tags among form, _, _, ner");
    badColumns(
        List.of("form", "ner"),
        Map.of("x", "form"),
        "head 'x': column 'form' is not one for tags among form, ner");
    badColumns(
        List.of("form", "_"),
        Map.of("x", "_"),
        "head 'x': column '_' is not one for tags among form, _");
  }

  private static void badColumns(List<String> names, Map<String, String> heads, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CorpusFormat.Columns(names, heads))
        .withMessage(message);
  }

  private static TaggedSentence sentence(String form, String tag) {
    return new TaggedSentence(Sentence.of(form), Map.of("ner", TagSequence.of(tag)));
  }

  private static void unwritable(CorpusFormat format, TaggedSentence sentence, String problem) {
    String shown = sentence.sentence().form(0).replaceAll("\\s", " ").replace("\ud83d", "\\ud83d");
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> write(format, List.of(sentence)))
        .withMessage("<output>: sentence '" + shown + "' " + problem);
  }

  private static void refused(CorpusFormat format, String file, String message) {
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> read(format, file))
        .withMessage(message);
  }

  private static TaggedSentence withoutOffsets(TaggedSentence sentence) {
    return new TaggedSentence(Sentence.of(sentence.sentence().forms()), sentence.tags());
  }
}
