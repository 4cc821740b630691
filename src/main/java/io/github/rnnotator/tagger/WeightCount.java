package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordShape;
import io.github.rnnotator.tagger.EncoderLayer.CellKind;
import java.util.Map;

/**
 * How many weights a configuration asks for, without making them: a model file is checked against
 * it before anything is allocated.
 */
final class WeightCount {
  private static final int SHAPE_DIM = 8;

  private WeightCount() {}

  static long of(TaggerConfig config, Vocabularies vocabularies, Map<String, Labels> labels) {
    long sum = 0;
    long dim = 0;
    EmbedConfig embed = config.embed();
    if (embed.words() != null) {
      sum += (long) vocabularies.words().size() * embed.words().dim();
      dim += embed.words().dim();
    }
    if (embed.characters() != null) {
      EmbedConfig.Characters characters = embed.characters();
      long hidden = characters.hidden();
      sum += (long) vocabularies.characters().size() * characters.dim();
      if (characters.kind() == EmbedConfig.Characters.Kind.CNN) {
        sum += ((long) characters.width() * characters.dim() + 1) * hidden;
        dim += hidden;
      } else {
        sum += 2 * recurrent(CellKind.valueOf(characters.kind().name()), characters.dim(), hidden);
        dim += 2 * hidden;
      }
    }
    if (embed.shape()) {
      sum += (long) WordShape.size() * SHAPE_DIM;
      dim += SHAPE_DIM;
    }
    for (EncoderLayer layer : config.encoder()) {
      sum += layer.directions() * recurrent(layer.cell(), dim, layer.hidden());
      dim = (long) layer.directions() * layer.hidden();
    }
    for (Labels head : labels.values()) {
      sum += (dim + 1) * head.size();
    }
    return sum;
  }

  private static long recurrent(CellKind cell, long inputDim, long hidden) {
    long gates =
        switch (cell) {
          case SIMPLE_RNN -> 1;
          case GRU -> 3;
          case LSTM -> 4;
        };
    long biases = cell == CellKind.GRU ? 2 : 1;
    return gates * hidden * (inputDim + hidden + biases);
  }
}
