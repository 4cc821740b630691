package io.github.rnnotator.cli;

import io.github.rnnotator.train.Trainer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a model card in Markdown. */
final class ModelCard {
  private ModelCard() {}

  static String of(
      Trainer.Result result,
      String amount,
      String data,
      @Nullable Path config,
      Map<String, String> settings,
      long seed) {
    StringBuilder card = new StringBuilder("# Model card\n\n");
    card.append("- Trained with rnnotator ").append(Main.Version.number());
    card.append(", ").append(LocalDate.now()).append("\n");
    card.append("- Data: ").append(data).append("; ").append(amount).append("\n");
    card.append("- Language: ").append(result.model().config().input().language()).append("\n");
    card.append("- Configuration: ");
    card.append(config == null ? "that of the model it was trained from" : config.getFileName());
    settings.forEach((key, value) -> card.append(", ").append(key).append('=').append(value));
    card.append("; seed ").append(seed);
    card.append("; epoch ").append(result.epoch()).append(" was the best\n");
    result
        .scores()
        .forEach(
            (head, score) ->
                card.append(
                    String.format(
                        Locale.ROOT,
                        "- Dev %s %s: %.2f%n",
                        head,
                        score.measure().label(),
                        score.value())));
    return card.toString().replace("\r\n", "\n");
  }
}
