package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Documents begin at the file's boundaries. */
class CorpusDocumentsTest {
  private static final CorpusFormat CONLLU = new CorpusFormat.Conllu(Map.of());
  private static final CorpusFormat COLUMNS =
      new CorpusFormat.Columns(List.of("form", "ner"), Map.of());

  @Property(tries = 100)
  void documentsAreReadAsWritten(
      @ForAll @IntRange(max = 12) int documents,
      @ForAll @IntRange(min = 1, max = 9) int block,
      @ForAll boolean conllu,
      @ForAll boolean markFirst,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<List<String>> expected = new ArrayList<>();
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      if (i > 0 || markFirst) {
        file.append(conllu ? "# newdoc id = d" + i + "\n" : "-DOCSTART- O\n\n");
      }
      List<String> document = new ArrayList<>();
      for (int j = 0; j <= random.nextInt(5); j++) {
        String form = i + "." + j;
        document.add(form);
        file.append(conllu ? "1\t" + form + "\t_\t_\t_\t_\t_\t_\t_\t_\n\n" : form + " O\n\n");
      }
      expected.add(document);
    }
    List<List<String>> read = new ArrayList<>();
    try (CorpusDocuments reader = open(conllu ? CONLLU : COLUMNS, file.toString())) {
      for (List<List<TaggedSentence>> some = reader.read(block);
          !some.isEmpty();
          some = reader.read(block)) {
        // No more documents than needed: only the last reaches the number.
        assertThat(some.subList(0, some.size() - 1).stream().mapToInt(List::size).sum())
            .isLessThan(block);
        some.forEach(d -> read.add(d.stream().map(s -> s.sentence().form(0)).toList()));
      }
      assertThat(reader.read()).isEmpty();
    }
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void fileWithoutBoundariesIsSplitRegularly() throws IOException {
    String file = "word O\n\n".repeat(2 * CorpusDocuments.LONGEST + 1);
    try (CorpusDocuments reader = open(COLUMNS, file)) {
      assertThat(reader.read(Integer.MAX_VALUE).stream().map(List::size))
          .containsExactly(CorpusDocuments.LONGEST, CorpusDocuments.LONGEST, 1);
    }
  }

  private static CorpusDocuments open(CorpusFormat format, String file) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    return new CorpusDocuments(format.open(new ByteArrayInputStream(bytes), "corpus.txt"));
  }
}
