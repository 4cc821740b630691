package io.github.rnnotator.onnx;

import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.nn.Activation;
import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.GlobalContext;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.Shortcut;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The probabilities of all labels, of which a tagger returns only the largest: the model's weights
 * in a second network of our own layers.
 */
final class Distributions {
  private final TokenEncoder embed;
  private final Sequential encoder;
  private final Map<String, Layer> heads = new LinkedHashMap<>();

  Distributions(TaggerModel model) {
    SplittableRandom random = new SplittableRandom(0);
    embed = new TokenEncoder(model.config().embed(), model.vocabularies(), 0, 0, random);
    List<LayerSpec> specs = new ArrayList<>();
    EncoderLayer context = model.config().context();
    if (context != null) {
      specs.add(named("context.0", new GlobalContext(spec(context))));
    }
    int index = 0;
    for (EncoderLayer layer : model.config().encoder()) {
      LayerSpec spec = spec(layer);
      specs.add(
          named(
              "encoder." + index++,
              layer.residual()
                  ? new Shortcut(spec, Shortcut.Mode.RESIDUAL)
                  : layer.dense() ? new Shortcut(spec, Shortcut.Mode.DENSE) : spec));
    }
    encoder = Sequential.build("", embed.outputDim(), specs, random);
    Map<String, Parameter> weights = new HashMap<>();
    model.parameters().forEach(parameter -> weights.put(parameter.name(), parameter));
    List<Parameter> ours = new ArrayList<>(embed.parameters());
    ours.addAll(encoder.parameters());
    model
        .labels()
        .forEach(
            (name, labels) -> {
              Layer head =
                  new Dense(labels.size(), Activation.SOFTMAX)
                      .build("heads." + name, encoder.outputDim(), random);
              heads.put(name, head);
              ours.addAll(head.parameters());
            });
    for (Parameter parameter : ours) {
      float[] values = weights.remove(parameter.name()).value().data;
      System.arraycopy(values, 0, parameter.value().data, 0, parameter.size());
    }
    if (!weights.isEmpty()) {
      throw new IllegalStateException("weights left over: " + weights.keySet());
    }
  }

  private static LayerSpec named(String name, LayerSpec spec) {
    return (ignored, dim, random) -> spec.build(name, dim, random);
  }

  private static LayerSpec spec(EncoderLayer layer) {
    LayerSpec states =
        layer.bidirectional() == null
            ? spec(layer.recurrent(), layer.hidden())
            : new Bidirectional(spec(layer.bidirectional(), layer.hidden()));
    if (layer.rank() == 0) {
      return states;
    }
    LayerSpec projection = new Dense(layer.rank());
    return (name, dim, random) ->
        Sequential.build(
            "", dim, List.of(named(name + ".rank", projection), named(name, states)), random);
  }

  private static RecurrentSpec spec(CellKind cell, int units) {
    return cell.layer(units).returnSequences(true);
  }

  /** {@code [batch, timesteps, labels]} for each head, without padding. */
  Map<String, float[][][]> of(List<Sentence> sentences) {
    PassContext pass = PassContext.inference(Ops.best(), new Workspace());
    SequenceBatch states = encoder.forward(embed.forward(sentences, pass).y(), pass).y();
    Map<String, float[][][]> distributions = new LinkedHashMap<>();
    heads.forEach(
        (name, head) -> distributions.put(name, head.forward(states, pass).y().toTensor()));
    return distributions;
  }
}
