package io.github.rnnotator.tagger;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;
import static java.lang.Math.toIntExact;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.head.SoftmaxHead;
import java.util.Map;

/**
 * Counts the weights of a configuration without allocating them: a model file is checked against it
 * before any allocation.
 */
final class WeightCount {
  private WeightCount() {}

  /**
   * Returns the number of weights.
   *
   * @throws ArithmeticException if it overflows a {@code long}
   */
  static long of(TaggerConfig config, Vocabularies vocabularies, Map<String, Labels> labels) {
    EmbedConfig embed = config.embed();
    long sum = embed.weights(vocabularies);
    if (config.context() != null) {
      sum = addExact(sum, config.context().weights(embed.outputDim()));
    }
    long dim = config.tokenDim();
    for (EncoderLayer layer : config.encoder()) {
      sum = addExact(sum, layer.weights(dim));
      dim = layer.outputDim(dim);
    }
    for (Map.Entry<String, Labels> head : labels.entrySet()) {
      int size = head.getValue().size();
      HeadConfig settings = config.heads().get(head.getKey());
      if (settings != null && settings.sharesParts()) {
        int values = LabelParts.of(settings.kind(), head.getValue().names()).count();
        sum =
            addExact(
                sum, SoftmaxHead.sharedWeights(toIntExact(dim), settings.rank(), size, values));
      } else if (settings != null && settings.rank() > 0) {
        sum = addExact(sum, multiplyExact(addExact(dim, 1), (long) settings.rank()));
        sum = addExact(sum, multiplyExact(settings.rank() + 1L, (long) size));
      } else {
        sum = addExact(sum, multiplyExact(dim + 1, (long) size));
      }
      if (settings != null && settings.kind() == HeadConfig.Kind.CRF) {
        sum = addExact(sum, (long) size * size + 2L * size);
      }
    }
    return sum;
  }
}
