package io.github.rnnotator.onnx;

import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.onnx.OnnxModel.IntsAttribute;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.LabelParts;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerModel;
import java.util.List;
import java.util.Objects;

/** Adds the scores of heads to a graph. */
record HeadGraph(TaggerModel model, GraphBuilder graph, SequenceGraph sequences) {
  void head(String name, HeadConfig head, String states) {
    switch (head.kind()) {
      case SOFTMAX, FEATS, LEMMA -> {
        String scores = "heads." + name + ".scores";
        probabilities(
            name,
            head.sharesParts()
                ? sum(scores, name, head, states)
                : scores(scores, name, graph.ranked("heads." + name, states)));
      }
      case CRF -> {
        String output = scores(name + ".emissions", name, states);
        graph.output(
            output, OnnxExport.BATCH, OnnxExport.TIMESTEPS, Integer.toString(labels(name).size()));
      }
      case DOCUMENT -> {
        String pooled = pooled("heads." + name + ".pooling", head, states);
        String scores = scores("heads." + name + ".scores", name, pooled);
        String output = name + ".probabilities";
        graph.node(output, "Softmax", List.of(scores), new IntAttribute("axis", -1));
        graph.output(output, OnnxExport.BATCH, Integer.toString(labels(name).size()));
      }
    }
  }

  /** The sum of a label's own score and those of its parts. */
  private String sum(String output, String name, HeadConfig head, String states) {
    String ranked = graph.ranked("heads." + name, states);
    String own = scores("heads." + name + ".own", name, ranked);
    String read = head.rank() > 0 ? ranked : states;
    String shared = shared("heads." + name + ".values", name, head.kind(), read);
    return graph.node(output, "Add", List.of(own, shared));
  }

  private void probabilities(String name, String scores) {
    String output = name + ".probabilities";
    graph.node(output, "Softmax", List.of(scores), new IntAttribute("axis", -1));
    graph.output(
        output, OnnxExport.BATCH, OnnxExport.TIMESTEPS, Integer.toString(labels(name).size()));
  }

  /** The sum of the scores of each label's parts, {@code [batch, timesteps, labels]}. */
  private String shared(String values, String name, HeadConfig.Kind kind, String states) {
    LabelParts parts = LabelParts.of(kind, labels(name).names());
    int labels = parts.ofLabels().length;
    float[] members = new float[parts.count() * labels];
    for (int label = 0; label < labels; label++) {
      for (int part : parts.ofLabels()[label]) {
        members[part * labels + label] = 1;
      }
    }
    String scores = graph.dense(values, states);
    String ofLabels =
        graph.constant(
            Tensor.floats(
                values + ".labels", List.of((long) parts.count(), (long) labels), members));
    return graph.node(values + ".sums", "MatMul", List.of(scores, ofLabels));
  }

  /** One vector per text, {@code [batch, dim]}. */
  private String pooled(String name, HeadConfig head, String states) {
    String x = graph.transposed(name + ".input", states, 1L, 0L, 2L);
    return switch (Objects.requireNonNull(head.pooling())) {
      case LAST -> lastStates(name, x);
      case MAX -> greatest(name, x);
      case MEAN -> {
        String first = graph.constant(Tensor.longs(name + ".first", 0));
        yield graph.node(
            name + ".pooled",
            "Squeeze",
            List.of(sequences.mean(name, x, sequences.lengths()), first));
      }
    };
  }

  /** The maximum over a text's timesteps; padding is pushed far below. */
  private String greatest(String name, String states) {
    String mask = sequences.mask(name, states, sequences.lengths());
    String inside = graph.node(name + ".inside", "Mul", List.of(states, mask));
    String one = graph.constant(Tensor.floats(name + ".whole", List.of(1L), new float[] {1}));
    String outside = graph.node(name + ".outside", "Sub", List.of(mask, one));
    String far = graph.constant(Tensor.floats(name + ".far", List.of(1L), new float[] {1e30f}));
    String below = graph.node(name + ".below", "Mul", List.of(outside, far));
    return graph.node(
        name + ".greatest",
        "ReduceMax",
        List.of(graph.node(name + ".kept", "Add", List.of(inside, below))),
        new IntsAttribute("axes", List.of(0L)),
        new IntAttribute("keepdims", 0));
  }

  /** The last state of each direction: at the last timestep, and at the first. */
  private String lastStates(String name, String states) {
    List<EncoderLayer> layers = model.config().encoder();
    EncoderLayer top = layers.get(layers.size() - 1);
    String one = graph.constant(Tensor.ints(name + ".one_less", 1));
    String shorter = graph.node(name + ".shorter", "Sub", List.of(sequences.lengths(), one));
    // 1 at the last timestep of each text and 0 elsewhere.
    String only =
        graph.node(
            name + ".only",
            "Sub",
            List.of(
                sequences.mask(name, states, sequences.lengths()),
                sequences.mask(name + ".but_last", states, shorter)));
    String axis = graph.constant(Tensor.longs(name + ".axis", 0));
    String last =
        graph.node(
            name + ".last",
            "ReduceSum",
            List.of(graph.node(name + ".kept", "Mul", List.of(states, only)), axis),
            new IntAttribute("keepdims", 0));
    if (top.bidirectional() == null) {
      return last;
    }
    String zero = graph.constant(Tensor.scalar(name + ".start", 0));
    String first = graph.node(name + ".first", "Gather", List.of(states, zero));
    return graph.node(
        name + ".both",
        "Concat",
        List.of(
            columns(name + ".forward", last, 0, top.hidden()),
            columns(name + ".backward", first, top.hidden(), 2 * top.hidden())),
        new IntAttribute("axis", 1));
  }

  /** Columns {@code [begin, end)} of a matrix. */
  private String columns(String name, String matrix, long begin, long end) {
    return graph.node(
        name,
        "Slice",
        List.of(
            matrix,
            graph.constant(Tensor.longs(name + ".begin", begin)),
            graph.constant(Tensor.longs(name + ".end", end)),
            graph.constant(Tensor.longs(name + ".columns", 1))));
  }

  /** {@code W x + b}, {@code [batch, timesteps, labels]}. */
  private String scores(String output, String name, String states) {
    String head = "heads." + name;
    String product =
        graph.node(head + ".product", "MatMul", List.of(states, graph.parameter(head + ".kernel")));
    return graph.node(output, "Add", List.of(product, graph.parameter(head + ".bias")));
  }

  private Labels labels(String head) {
    return Objects.requireNonNull(model.labels().get(head), head);
  }
}
