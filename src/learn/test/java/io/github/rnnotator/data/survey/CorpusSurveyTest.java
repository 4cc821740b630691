package io.github.rnnotator.data.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.data.survey.SurveyedColumn.Role;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusSurveyTest {
  private static final Path SAMPLES = Path.of("corpora/sample");

  @TempDir Path folder;

  private CorpusSurvey survey(String text) throws IOException {
    return CorpusSurvey.of(Files.writeString(folder.resolve("train.txt"), text));
  }

  private Recipe recipe(CorpusSurvey survey) throws IOException {
    Path file = folder.resolve("draft.yaml");
    return Recipe.read(
        Files.writeString(file, new RecipeDraft(survey).yaml(file)), Map.of("train.epochs", "1"));
  }

  private static List<String> names(CorpusSurvey survey) {
    return survey.columns().stream().map(SurveyedColumn::name).toList();
  }

  /** Twenty sentences, so that a tenth can be held out. */
  private static String repeated(String... rows) {
    return (String.join("\n", rows) + "\n\n").repeat(20);
  }

  @Test
  void draftsTrainWithoutAnEdit() throws Exception {
    for (String sample : List.of("en.conll", "en.conllu", "ko.conllu")) {
      Path file = SAMPLES.resolve(sample);
      Recipe recipe = recipe(CorpusSurvey.of(file));
      Map<String, HeadConfig> heads = recipe.tagger().heads();
      assertThat(Training.of(recipe, Split.holdOut(recipe.corpus(file))).run().model().labels())
          .as(sample)
          .containsOnlyKeys(heads.keySet());
    }
  }

  @Test
  void columnsAreKnownByTheirValues() throws IOException {
    CorpusSurvey survey =
        survey(
            "-DOCSTART- -X- O O\n\n"
                + repeated(
                    "Anna NNP B-NP B-PER", "Holm NNP I-NP I-PER", "left VBD B-VP O", ". . O O"));
    assertThat(names(survey)).containsExactly("form", "pos", "chunk", "ner");
    assertThat(survey.columns().get(2).scheme()).isEqualTo(TagScheme.IOB2);
    assertThat(survey.columns().get(3).values()).isEqualTo(Map.of("PER", 20));
    assertThat(survey.sentences()).isEqualTo(20);
    assertThat(survey.tokens()).isEqualTo(80);
    assertThat(recipe(survey).tagger().heads().keySet()).containsExactly("ner");
  }

  @Test
  void numbersAndCommentsAreNotTokens() throws IOException {
    CorpusSurvey survey = survey(repeated("# text = Anna left", "1\tAnna\tB-PER", "2\tleft\tO"));
    assertThat(survey.comments()).isTrue();
    assertThat(names(survey)).containsExactly("_", "form", "ner");
    assertThat(recipe(survey).tagger().input().comments()).isTrue();
    assertThat(survey(repeated("#tag NN", "# SYM", "x NN")).comments()).isFalse();
  }

  @Test
  void columnsOfConlluAreThoseWithTags() throws IOException {
    CorpusSurvey survey = CorpusSurvey.of(SAMPLES.resolve("en.conllu"));
    Map<String, Role> roles =
        survey.columns().stream()
            .filter(SurveyedColumn::isLearnable)
            .collect(Collectors.toMap(SurveyedColumn::name, SurveyedColumn::role));
    assertThat(survey.format()).isEqualTo("conllu");
    assertThat(roles).containsEntry("upos", Role.TAGS).doesNotContainKey("deprel");
    assertThat(recipe(survey).tagger().input().heads())
        .containsOnlyKeys(
            survey.columns().stream()
                .map(SurveyedColumn::head)
                .filter(head -> !head.isEmpty())
                .toList());
  }

  @Test
  void featuresAgreeWithPartsOfSpeech() throws IOException {
    String[] rows = {
      "1\tcats\tcat\tNOUN\tNNS\tNumber=Plur\t_\t_\t_\t_",
      "2\tsleep\tsleep\tVERB\tVBP\tTense=Pres\t_\t_\t_\t_"
    };
    assertThat(recipe(survey(repeated(rows))).tagger().heads().get("feats"))
        .isEqualTo(HeadConfig.feats().agree(List.of("upos", "xpos")));
    String[] features = {
      "1\tcats\t_\t_\t_\tNumber=Plur\t_\t_\t_\t_", "2\tsleep\t_\t_\t_\tTense=Pres\t_\t_\t_\t_"
    };
    assertThat(recipe(survey(repeated(features))).tagger().heads().get("feats"))
        .isEqualTo(HeadConfig.feats());
  }

  @Test
  void theLanguageIsThatOfTheLetters() throws IOException {
    assertThat(CorpusSurvey.of(SAMPLES.resolve("ko.conllu")).language()).isEqualTo("ko");
    assertThat(CorpusSurvey.of(SAMPLES.resolve("en.conll")).language()).isEqualTo("en");
    assertThat(survey(repeated("他 PN", "走 VV")).language()).isEqualTo("zh");
  }

  @Test
  void odditiesAreNamedWithTheirLine() throws IOException {
    CorpusSurvey broken = survey(repeated("Anna B-PER", "left O") + "a B-PER\nb I-LOC\n\nx\n\n");
    assertThat(broken.oddities())
        .anyMatch(o -> o.contains("line 64 has not the 2 columns"))
        .anyMatch(o -> o.contains("breaks its scheme") && o.contains("line 61"))
        .anyMatch(o -> o.contains("sentences are repeated"));
    CorpusSurvey unmarked = survey("a NN\n".repeat(300) + "b VB\n\n");
    assertThat(unmarked.oddities())
        .anyMatch(o -> o.contains("the longest sentence has 301 tokens"));
    CorpusSurvey partly = survey(repeated("a X NN", "b Y _", "c X VB"));
    assertThat(partly.oddities()).anyMatch(o -> o.contains("no tag at some words"));
    assertThat(names(partly)).containsExactly("form", "pos", "_");
  }

  @Test
  void refusesFilesWithoutTags() {
    assertThatThrownBy(() -> survey("She reads books .\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no column with tags");
    assertThatThrownBy(() -> survey("She\nreads\n\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no columns, expected CoNLL-U");
    assertThatThrownBy(() -> survey("")).isInstanceOf(InputException.class);
  }
}
