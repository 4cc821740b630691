package io.github.rnnotator.train;

import io.github.rnnotator.eval.Score;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerModel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Markdown card of a model says about its training.
 *
 * @param version the version of Rnnotator
 * @param data name and licence of the training data
 * @param config the file of the recipe, or null if it was that of another model
 * @param settings what replaced values of the file, by dotted key
 */
public record ModelCard(
    String version, String data, @Nullable Path config, Map<String, String> settings) {
  /**
   * Writes the card of a run.
   *
   * @param amount the size of the training data: {@code 12543 sentences}
   * @param seed the run's seed
   */
  public String of(Trainer.Result result, String amount, long seed) {
    String language = result.model().config().input().language();
    StringBuilder card =
        new StringBuilder(of(language, result.epoch(), result.scores(), amount, seed));
    result
        .temperatures()
        .forEach(
            (head, temperature) ->
                card.append(
                    String.format(
                        Locale.ROOT,
                        "- Probabilities of %s: calibrated on the dev data, temperature %.2f\n",
                        head,
                        temperature)));
    return card.toString();
  }

  /**
   * Writes the card of a run of any kind.
   *
   * @param language of the model
   * @param epoch the best epoch; 0 if the run had no epochs
   * @param scores its dev scores
   * @param amount the size of the training data
   * @param seed the run's seed
   */
  public String of(
      String language, int epoch, Map<String, ? extends Score> scores, String amount, long seed) {
    StringBuilder card = new StringBuilder("# Model card\n\n");
    card.append("- Trained with rnnotator ").append(version);
    card.append(", ").append(LocalDate.now()).append("\n");
    card.append("- Data: ").append(data).append("; ").append(amount).append("\n");
    card.append("- Language: ").append(language).append("\n");
    card.append("- Configuration: ");
    card.append(config == null ? "that of the model it was trained from" : config.getFileName());
    settings.forEach((key, value) -> card.append(", ").append(key).append('=').append(value));
    card.append("; seed ").append(seed);
    card.append(epoch == 0 ? "; not trained further" : "; epoch " + epoch + " was the best")
        .append("\n");
    append(scores, card);
    return card.toString();
  }

  /**
   * Returns a section that holds another card, one level down.
   *
   * @param title of the section
   * @param card may be empty
   */
  public static String section(String title, String card) {
    String own = card.replaceAll("(?m)^#", "##").strip();
    return "\n## " + title + "\n" + (own.isEmpty() ? "" : "\n" + own + "\n");
  }

  /**
   * Returns a model with a segmenter, and with a section on it in its card.
   *
   * @param scores the segmenter's scores on the dev data
   */
  public TaggerModel withSegmenter(
      TaggerModel model, SegmenterModel segmenter, Map<String, ? extends Score> scores) {
    String former = model.card().replaceAll("(?s)\\n## Segmenter\\n.*?(?=\\n## |\\z)", "");
    return model.withSegmenter(segmenter).withCard(former + ofSegmenter(scores));
  }

  private String ofSegmenter(Map<String, ? extends Score> scores) {
    StringBuilder card = new StringBuilder("\n## Segmenter\n\n");
    card.append("- Trained with rnnotator ").append(version);
    card.append(", ").append(LocalDate.now()).append("\n");
    card.append("- Data: ").append(data).append("\n");
    append(scores, card);
    return card.toString();
  }

  private static void append(Map<String, ? extends Score> scores, StringBuilder card) {
    scores.forEach(
        (head, score) -> {
          Map<String, Double> sources = score.bySource();
          card.append(
              String.format(
                  Locale.ROOT,
                  "- Dev %s %s: %.2f%s\n",
                  head,
                  score.label(),
                  score.value(),
                  sources.isEmpty() ? "" : ", the mean over its sources"));
          sources.forEach(
              (name, value) ->
                  card.append(String.format(Locale.ROOT, "  - %s: %.2f\n", name, value)));
        });
  }
}
