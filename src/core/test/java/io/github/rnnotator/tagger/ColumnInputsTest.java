package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.embed.ColumnConfig;
import io.github.rnnotator.embed.ColumnsFile;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Models that read other columns of a file: their files, caches and groups. */
class ColumnInputsTest {
  private static final List<TaggedSentence> TEXT = withInputs(TinyTaggers.english(12));

  /** Gives each token its tag of {@code upos} as the value of a column. */
  private static List<TaggedSentence> withInputs(List<TaggedSentence> sentences) {
    return sentences.stream()
        .map(
            s ->
                new TaggedSentence(
                    s.sentence().withInputs(s.tags("upos").tags().stream().map(List::of).toList()),
                    s.tags()))
        .toList();
  }

  private static TaggerConfig config() {
    TaggerConfig plain = TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "xpos");
    return plain.embed(plain.embed().columns(Map.of("upos", new ColumnConfig(4))));
  }

  private static TaggerModel model(TaggerConfig config) {
    return TinyTaggers.untrained(config, TEXT, 1, 7);
  }

  private static List<Sentence> sentences() {
    return TEXT.stream().map(TaggedSentence::sentence).toList();
  }

  private static byte[] bytes(TaggerModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, model, Safetensors.Type.F32);
    return out.toByteArray();
  }

  private static String header(byte[] file) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      ZipEntry first = zip.getNextEntry();
      assertThat(first.getName()).isEqualTo("model.json");
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aModelReadFromItsFileTagsAsBefore() throws IOException {
    TaggerModel model = model(config());
    byte[] file = bytes(model);
    TaggerModel read = ModelFile.read(new ByteArrayInputStream(file), "file").model();
    assertThat(read.config()).isEqualTo(model.config());
    assertThat(read.vocabularies().column("upos").entries())
        .isEqualTo(model.vocabularies().column("upos").entries())
        .hasSizeGreaterThan(5);
    assertThat(new Tagger(read).tag(sentences())).isEqualTo(new Tagger(model).tag(sentences()));
    assertThat(bytes(read)).isEqualTo(file);
    assertThat(header(file)).contains("\"format\" : 3", "\"columns.tsv\"");
  }

  /** Programs that know no columns read models that have none. */
  @Test
  void aModelWithoutColumnsIsWrittenAsBefore() throws IOException {
    TaggerConfig plain = TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "xpos");
    String header = header(bytes(TinyTaggers.untrained(plain, TinyTaggers.english(12), 1, 7)));
    assertThat(header).contains("\"format\" : 2").doesNotContain("columns.tsv");
    assertThat(header.substring(header.indexOf("\"embed\""), header.indexOf("\"group\"")))
        .doesNotContain("columns");
  }

  @Test
  void tagsDependOnTheValuesWithAndWithoutCache() {
    TaggerModel model = model(config());
    Tagger cached = new Tagger(model);
    Tagger uncached = new Tagger(model, Ops.best(), 0);
    List<Sentence> changed = new ArrayList<>();
    for (Sentence sentence : sentences()) {
      List<List<String>> values = new ArrayList<>(sentence.inputs());
      Collections.reverse(values);
      changed.add(sentence.withInputs(values));
    }
    List<TaggedSentence> before = cached.tag(sentences());
    List<TaggedSentence> after = cached.tag(changed);
    assertThat(after.stream().map(TaggedSentence::tags).toList())
        .isNotEqualTo(before.stream().map(TaggedSentence::tags).toList());
    assertThat(uncached.tag(changed)).isEqualTo(after);
    assertThat(cached.tag(sentences())).isEqualTo(before);
  }

  @Test
  void sentencesThatAreReadTogetherKeepTheirValues() {
    TaggerModel model = model(config().group(60));
    List<TaggedSentence> tagged = new Tagger(model).tagDocument(sentences());
    assertThat(tagged).extracting(TaggedSentence::sentence).isEqualTo(sentences());
    Sentence joined = SentenceGroups.joined(sentences().subList(0, 2));
    int first = sentences().get(0).size();
    assertThat(joined.inputs().get(first)).containsExactly(SentenceGroups.SEPARATOR);
    assertThat(joined.inputs().subList(0, first)).isEqualTo(sentences().get(0).inputs());
  }

  @Test
  void textWithoutColumnsIsRefused() {
    TaggerModel model = model(config());
    Tagger tagger = new Tagger(model);
    assertThatThrownBy(() -> Annotator.of(tagger).annotate("She reads."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the model reads the columns [upos] of each token");
    assertThatThrownBy(model::requireTags).hasMessageContaining("which raw text lacks");
    assertThatThrownBy(() -> tagger.tag(Sentence.of("She", "reads")))
        .hasMessageContaining("the token 'She' has none");
  }

  @Test
  void aColumnOfTheFileMustBeThatOfTheConfiguration() {
    for (String broken :
        new String[] {"column\tpos\n", "value\tA\t1\n", "column\tupos\nvalue\tA"}) {
      assertThatThrownBy(() -> ColumnsFile.parse(broken + "\nx"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ColumnsFile.parse("column\ta\ncolumn\ta\n"))
        .hasMessageContaining("twice");
    InputConfig input = InputConfig.defaults().heads(Map.of("xpos", "upos"));
    assertThatThrownBy(() -> config().input(input))
        .hasMessageContaining("embed.columns has 'upos', the column of a head");
    assertThatThrownBy(
            () -> config().input(InputConfig.defaults().format("columns").columns(List.of("form"))))
        .hasMessageContaining("embed.columns has 'upos', which is not one of input.columns [form]");
  }
}
