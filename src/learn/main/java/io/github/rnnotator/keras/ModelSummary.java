package io.github.rnnotator.keras;

import io.github.rnnotator.nn.Conv1d;
import io.github.rnnotator.nn.GlobalAveragePooling;
import io.github.rnnotator.nn.GlobalMaxPooling;
import io.github.rnnotator.nn.Gru;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Lstm;
import io.github.rnnotator.nn.MinGru;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.RepeatVector;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.SimpleRnn;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of {@code model.summary()} as Keras 2 prints it, byte for byte. */
final class ModelSummary {
  /** Where the columns end. */
  private static final int[] ENDS = {29, 55, 65};

  private static final String THIN = "_".repeat(65);
  private static final String THICK = "=".repeat(65);

  private ModelSummary() {}

  static String of(Input input, List<LayerSpec> layers, Sequential network) {
    StringBuilder table = new StringBuilder("Model: \"sequential\"\n").append(THIN).append('\n');
    table.append(row("Layer (type)", "Output Shape", "Param #")).append(THICK).append('\n');
    Map<String, Integer> named = new HashMap<>();
    // None is a size that differs from batch to batch.
    String timesteps = ", " + (input.timesteps() > 0 ? "" + input.timesteps() : "None");
    for (int i = 0; i < layers.size(); i++) {
      LayerSpec layer = layers.get(i);
      Sequential alone = network.part(i, i + 1);
      if (layer instanceof RepeatVector repeat) {
        timesteps = ", " + repeat.n();
      } else if (!layer.keepsTimesteps()) {
        timesteps = "";
      }
      String type = type(layer);
      int before = named.merge(type, 1, Integer::sum) - 1;
      String name = name(type) + (before == 0 ? "" : "_" + before);
      String shape = "(None" + timesteps + ", " + alone.outputDim() + ")";
      table.append(row(name + " (" + type + ")", shape, "" + weights(alone)));
      table.append(i == layers.size() - 1 ? THICK : THIN).append('\n');
    }
    String total = String.format(Locale.ROOT, "%,d", weights(network));
    return table
        .append("Total params: ")
        .append(total)
        .append("\nTrainable params: ")
        .append(total)
        .append("\nNon-trainable params: 0\n")
        .append(THIN)
        .toString();
  }

  /** A row of the table; a cell that is too long loses its end, as in Keras. */
  private static String row(String... cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        row.setCharAt(row.length() - 1, ' ');
      }
      row.append(cells[i]);
      row.setLength(Math.min(row.length(), ENDS[i]));
      row.append(" ".repeat(ENDS[i] - row.length()));
    }
    return row.append('\n').toString();
  }

  private static long weights(Sequential layers) {
    return layers.parameters().stream().mapToLong(Parameter::size).sum();
  }

  /** Keras' name of a layer's class. */
  private static String type(LayerSpec layer) {
    if (layer instanceof SimpleRnn) {
      return "SimpleRNN";
    }
    if (layer instanceof Lstm || layer instanceof Gru || layer instanceof MinGru) {
      return layer.getClass().getSimpleName().replace("stm", "STM").replace("ru", "RU");
    }
    if (layer instanceof Conv1d) {
      return "Conv1D";
    }
    boolean pooling = layer instanceof GlobalMaxPooling || layer instanceof GlobalAveragePooling;
    return layer.getClass().getSimpleName() + (pooling ? "1D" : "");
  }

  /** {@code TimeDistributed} is {@code time_distributed}, {@code SimpleRNN} {@code simple_rnn}. */
  private static String name(String type) {
    return type.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
