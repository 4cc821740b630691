package io.github.rnnotator.data.survey;

import io.github.rnnotator.data.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A recipe to start from, made by looking at a training file. */
public sealed interface Draft permits RecipeDraft, LinesDraft {
  /** Returns what the file holds, one line for each column and oddity. */
  List<String> report();

  /**
   * Returns the recipe as YAML with comments.
   *
   * @param recipe its file, for the command in its comments
   */
  String yaml(Path recipe);

  /**
   * Looks at a file: tokens with tags, texts with labels, or pairs of texts.
   *
   * @throws InputException if it has no column with tags, or is of another kind
   * @throws IOException if it can't be read
   */
  static Draft of(Path file) throws IOException {
    Optional<LinesSurvey> lines = LinesSurvey.of(file);
    return lines.isPresent() ? new LinesDraft(lines.get()) : new RecipeDraft(CorpusSurvey.of(file));
  }

  /** Returns the first of some values with their counts, as {@code NN 24122, IN 17000, ...}. */
  static String most(Map<String, Integer> values) {
    int shown = 8;
    return values.entrySet().stream()
            .limit(shown)
            .map(value -> value.getKey() + " " + value.getValue())
            .collect(Collectors.joining(", "))
        + (values.size() > shown ? ", ..." : "");
  }

  /** The first lines of a recipe: what the file holds, and the command that trains. */
  static String head(List<String> report, Path recipe, Path file, String heldOut) {
    StringBuilder yaml = new StringBuilder();
    report.forEach(line -> yaml.append("# ").append(line).append('\n'));
    return yaml.append("#\n#   rnnotator train -c ")
        .append(recipe)
        .append(" --train ")
        .append(file)
        .append(" -o ")
        .append(String.valueOf(recipe.getFileName()).replaceFirst("\\.ya?ml$", ""))
        .append(".rnn\n#\n# Without --dev FILE ")
        .append(heldOut)
        .append(" is held out. All keys: docs/training.md.\n\n")
        .toString();
  }
}
