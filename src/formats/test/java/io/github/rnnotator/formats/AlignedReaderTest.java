package io.github.rnnotator.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Reads files in parallel and locates differences created by the test. */
class AlignedReaderTest {
  private static final CorpusFormat COLUMNS =
      new CorpusFormat.Columns(List.of("form", "ner"), Map.of("ner", "ner"));
  private static final CorpusFormat CONLLU = new CorpusFormat.Conllu(Map.of("upos", "upos"));

  /** A corpus as lines of forms; in the other file, blank and boundary lines differ freely. */
  private static final class Text {
    private final StringBuilder text = new StringBuilder();
    private int line;

    /** The line of each token of each sentence, followed by that of the sentence's end. */
    private final List<List<Integer>> lines = new ArrayList<>();

    Text(List<List<String>> sentences, boolean conllu, Random random) {
      for (List<String> sentence : sentences) {
        List<Integer> of = new ArrayList<>();
        int before = random.nextInt(3);
        for (int i = 0; i < before; i++) {
          put(conllu ? "# comment" : i == 0 ? "" : "-DOCSTART- O");
        }
        for (int i = 0; i < sentence.size(); i++) {
          if (conllu && random.nextInt(4) == 0 && i + 1 < sentence.size()) {
            put((i + 1) + "-" + (i + 2) + "\tboth" + "\t_".repeat(8));
            of.add(line + 1);
            put(row(i, sentence.get(i)));
            i++;
          }
          of.add(line + 1);
          put(conllu ? row(i, sentence.get(i)) : sentence.get(i) + (i % 2 == 0 ? " O" : "\tB-X"));
          if (conllu && random.nextInt(5) == 0) {
            put((i + 1) + ".1\tempty" + "\t_".repeat(8));
          }
        }
        of.add(line + 1);
        put("");
        lines.add(of);
      }
    }

    private static String row(int i, String form) {
      return (i + 1) + "\t" + form + "\t_\tNOUN" + "\t_".repeat(6);
    }

    private void put(String row) {
      text.append(row).append('\n');
      line++;
    }

    SentenceReader open(boolean conllu, String source) {
      return (conllu ? CONLLU : COLUMNS)
          .open(new ByteArrayInputStream(text.toString().getBytes(UTF_8)), source);
    }
  }

  @Property(tries = 300)
  void firstDifferenceIsLocatedInBothFiles(
      @ForAll long seed, @ForAll boolean firstIsConllu, @ForAll boolean secondIsConllu)
      throws IOException {
    Random random = new Random(seed);
    List<List<String>> sentences = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      List<String> sentence = new ArrayList<>();
      int size = 1 + random.nextInt(5);
      for (int j = 0; j < size; j++) {
        sentence.add("w" + i + "." + j);
      }
      sentences.add(sentence);
    }
    List<List<String>> changed = new ArrayList<>();
    sentences.forEach(sentence -> changed.add(new ArrayList<>(sentence)));
    int at = random.nextInt(count);
    int size = sentences.get(at).size();
    int token = random.nextInt(size);
    int kind = random.nextInt(4);
    switch (kind) {
      case 0 -> {} // the same
      case 1 -> changed.get(at).set(token, "other");
      case 2 -> {
        changed.get(at).add("more");
        token = size;
      }
      default -> {
        changed.subList(at, count).clear();
        token = 0;
      }
    }
    Text first = new Text(sentences, firstIsConllu, random);
    Text second = new Text(changed, secondIsConllu, random);

    AlignedReader reader =
        new AlignedReader()
            .add("gold", first.open(firstIsConllu, "gold"))
            .add("same", first.open(firstIsConllu, "same"))
            .add("other", second.open(secondIsConllu, "other"));
    int read = 0;
    CorpusException problem = null;
    try (reader) {
      for (Optional<List<TaggedSentence>> row = reader.read();
          row.isPresent();
          row = reader.read()) {
        assertThat(row.get()).hasSize(3);
        assertThat(row.get().get(2).sentence().forms()).isEqualTo(sentences.get(read));
        read++;
      }
    } catch (CorpusException e) {
      problem = e;
    }

    if (kind == 0) {
      assertThat(problem).isNull();
      assertThat(read).isEqualTo(count);
      return;
    }
    assertThat(read).isEqualTo(at);
    String there = "gold:" + first.lines.get(at).get(token) + ": ";
    String form = token < size ? sentences.get(at).get(token) : "";
    assertThat(problem)
        .hasMessage(
            there
                + switch (kind) {
                  case 1 ->
                      "'" + form + "', but other:" + second.lines.get(at).get(token) + ": 'other'";
                  case 2 ->
                      "the end of a sentence of "
                          + size
                          + " tokens, but other:"
                          + second.lines.get(at).get(token)
                          + ": 'more'";
                  default ->
                      "a sentence that begins with '"
                          + form
                          + "', but other "
                          + (at == 0
                              ? "has no sentence"
                              : "ends after line "
                                  + last(second.lines.get(at - 1))
                                  + " (sentence "
                                  + at
                                  + ")");
                }
                + "; both files must have the same tokens in the same sentences");
  }

  private static int last(List<Integer> lines) {
    return lines.get(lines.size() - 2);
  }

  @Test
  void sentencesBeyondGoldAreLocated() throws IOException {
    AlignedReader reader =
        new AlignedReader()
            .add("gold", columns("a O\n\n"))
            .add("tagged", columns("a O\n\n\nb O\n"));
    assertThat(reader.read()).isPresent();
    assertThatThrownBy(reader::read)
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "tagged:4: a sentence that begins with 'b', but gold ends after line 1 (sentence 1);"
                + " both files must have the same tokens in the same sentences");
  }

  @Test
  void shorterSentenceIsReportedAtItsBlankLine() {
    AlignedReader reader =
        new AlignedReader()
            .add("gold", columns("a O\nb O\n"))
            .add("tagged", columns("a O\n\nb O\n"));
    assertThatThrownBy(reader::read)
        .hasMessageStartingWith("gold:2: 'b', but tagged:2: the end of a sentence of 1 tokens;");
  }

  private static SentenceReader columns(String text) {
    return COLUMNS.open(new ByteArrayInputStream(text.getBytes(UTF_8)), "tagged");
  }
}
