package io.github.rnnotator.data.survey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A recipe to start from, as text with comments: what the file holds, and why each setting is as it
 * is. It trains without an edit.
 *
 * @param survey what is known of the training file
 */
public record RecipeDraft(CorpusSurvey survey) implements Draft {
  /** Fewer tokens are a small corpus. */
  private static final long SMALL = 20_000;

  /** More tokens are a large corpus. */
  private static final long LARGE = 150_000;

  @Override
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s, %,d sentences, %,d tokens, %.1f per sentence, at most %d",
            survey.file(),
            survey.format().equals("conllu") ? "CoNLL-U" : survey.format(),
            survey.sentences(),
            survey.tokens(),
            survey.tokens() / (double) survey.sentences(),
            survey.longest()));
    for (int i = 0; i < survey.columns().size(); i++) {
      SurveyedColumn column = survey.columns().get(i);
      String place = survey.format().equals("conllu") ? column.name() : "column " + (i + 1);
      lines.add("  " + place + ": " + described(column));
    }
    survey.oddities().forEach(oddity -> lines.add("  odd: " + oddity));
    return lines;
  }

  private String described(SurveyedColumn column) {
    String learned = heads().contains(column) ? ", learned as " + column.head() : "";
    int different = column.values().size();
    return switch (column.role()) {
      case NUMBERS -> "numbers of tokens";
      case FORMS -> "tokens, " + different + " different ones";
      case CHUNKS ->
          Objects.requireNonNull(column.scheme())
              + " tags of "
              + different
              + " types: "
              + Draft.most(column.values())
              + learned;
      case TAGS -> different + " tags: " + Draft.most(column.values()) + learned;
      case FEATURES -> different + " combinations of features" + learned;
      case LEMMAS -> "lemmas, " + different + " different ones" + learned;
      case OTHER -> different < 2 ? "empty" : "not tags, " + different + " different values";
    };
  }

  /** The columns to learn: of CoNLL-U all with tags, else the last one with tags. */
  private List<SurveyedColumn> heads() {
    List<SurveyedColumn> learnable =
        survey.columns().stream().filter(SurveyedColumn::isLearnable).toList();
    return survey.format().equals("conllu")
        ? learnable
        : learnable.subList(learnable.size() - 1, learnable.size());
  }

  @Override
  public String yaml(Path recipe) {
    return Draft.head(report(), recipe, survey.file(), "the last tenth")
        + input()
        + network()
        + training();
  }

  private String input() {
    StringBuilder input = new StringBuilder("input:\n  format: ");
    input.append(survey.format()).append('\n');
    if (survey.format().equals("columns")) {
      input.append("  columns: [");
      input.append(
          survey.columns().stream().map(c -> quoted(c.name())).collect(Collectors.joining(", ")));
      input.append("]                # from the left; _ is ignored\n");
      if (survey.comments()) {
        input.append(
            "  comments: true                   # lines that begin with # before a sentence\n");
      }
    }
    boolean characters = survey.format().equals("characters");
    input.append("  heads: {");
    input.append(
        heads().stream()
            .map(c -> quoted(c.head()) + ": " + quoted(characters ? "tag" : c.name()))
            .collect(Collectors.joining(", ")));
    input.append(characters ? ", ner_suffix: suffix" : "");
    return input
        .append("}                  # head: the column it learns\n  language: ")
        .append(survey.language())
        .append("                     # how raw text is split into sentences and tokens\n\n")
        .toString();
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "'" + name.replace("'", "''") + "'";
  }

  private boolean isSmall() {
    return survey.tokens() < SMALL;
  }

  private String network() {
    StringBuilder heads = new StringBuilder("heads:\n");
    for (SurveyedColumn head : heads()) {
      heads.append("  ").append(quoted(head.head())).append(": ").append(kind(head)).append('\n');
    }
    if (survey.format().equals("characters")) {
      heads.append(
          "  ner_suffix: {kind: softmax}      # how much of its last token follows a name\n");
    }
    String layer = "{bidirectional: lstm, hidden: " + (isSmall() ? 50 : 128) + "}";
    return "embed:\n"
        + "  words: {dim: "
        + (isSmall() ? 50 : 100)
        + "}                  # better with pretrained vectors: {dim: 100, vectors: glove.vec}\n"
        + "  characters: {kind: cnn, dim: "
        + (isSmall() ? "16, hidden: 32" : "30, hidden: 50")
        + ", width: 3}\n"
        + "  shape: true                      # capitals, digits and punctuation\n\n"
        + "encoder: ["
        + layer
        + (isSmall() ? "" : ", " + layer)
        + "]\n\n"
        + heads
        + "\n";
  }

  private String kind(SurveyedColumn head) {
    return switch (head.role()) {
      case CHUNKS -> "{kind: crf, scheme: iobes}       # a tag depends on the one before";
      case FEATURES -> "{kind: feats" + agreement() + "}";
      case LEMMAS -> "{kind: lemma}";
      default -> "{kind: softmax}";
    };
  }

  /** Features agree with parts of speech. */
  private String agreement() {
    List<String> tags =
        heads().stream()
            .filter(head -> head.name().equals("upos") || head.name().equals("xpos"))
            .map(head -> quoted(head.head()))
            .toList();
    return tags.isEmpty() ? "" : ", agree: [" + String.join(", ", tags) + "]";
  }

  private String training() {
    boolean large = survey.tokens() > LARGE;
    return "train:\n  rate: "
        + (isSmall() ? "0.005" : "0.0015")
        + "\n  batch: "
        + (isSmall() ? 8 : 16)
        + "                        # sentences per step\n  epochs: "
        + (isSmall() ? 40 : large ? 25 : 30)
        + "\n  patience: "
        + (isSmall() ? 0 : 6)
        + "                      # epochs without a better dev score before it stops; 0: never\n  dropout: 0.33\n"
        + "  average: "
        + (isSmall() ? "0.9" : "0.999")
        + "                   # moving average of the weights"
        + (isSmall() ? ", short for so few steps" : "")
        + "\n  seed: 1\n";
  }
}
