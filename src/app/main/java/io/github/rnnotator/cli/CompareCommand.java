package io.github.rnnotator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.data.PairEvaluation;
import io.github.rnnotator.data.TagPairs;
import io.github.rnnotator.eval.Comparison;
import io.github.rnnotator.eval.ConfidenceText;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Randomization;
import io.github.rnnotator.io.AtomicOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator compare}: tests whether one tagger is significantly better than another. */
@Command(
    name = "compare",
    description =
        "Compares two files with predicted tags against the same gold tags: the difference of their"
            + " scores, its confidence interval and its p-value.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  rnnotator compare old.conll new.conll --gold dev.conll --columns form,_,ner"
    })
final class CompareCommand implements Callable<Integer> {
  private final InputStream stdin;

  @Spec private CommandSpec spec;

  @Option(
      names = "--gold",
      paramLabel = "GOLD",
      required = true,
      description = "A file with gold tags.")
  private String gold;

  @Mixin private final LayoutOptions layout = new LayoutOptions();

  @Mixin private final ResamplingOptions resampling = new ResamplingOptions(10_000);

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes all results to this file (docs/evaluation.md).")
  private @Nullable Path json;

  @Parameters(index = "0", paramLabel = "A", description = "The first system's tags.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "The second system's tags.")
  private String b;

  CompareCommand(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() throws IOException {
    new FileRoles().readsAll(List.of(gold, a, b)).writes(json);
    Bootstrap bootstrap = resampling.bootstrap();
    Randomization randomization = resampling.randomization();
    Map<String, Comparison> comparisons;
    try (TagPairs pairs = layout.open(stdin, gold, List.of(a, b))) {
      pairs.notes().forEach(spec.commandLine().getErr()::println);
      comparisons = PairEvaluation.compare(pairs, bootstrap, randomization);
    }
    if (json != null) {
      write(json, comparisons, randomization);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(ConfidenceText.of(comparisons, a, b));
    out.flush();
    return 0;
  }

  private void write(Path file, Map<String, Comparison> comparisons, Randomization randomization)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("gold", gold).put("a", a).put("b", b);
    root.put("samples", randomization.samples()).put("seed", randomization.seed());
    ObjectNode heads = root.putObject("heads");
    comparisons.forEach(
        (head, c) -> {
          ObjectNode node = heads.putObject(head);
          node.put("measure", c.measure().label());
          node.put("sentences", c.sentences()).put("differing", c.differing());
          node.put("a", c.a()).put("b", c.b()).put("difference", c.difference());
          node.putObject("interval")
              .put("low", c.interval().low())
              .put("high", c.interval().high())
              .put("level", c.interval().level());
          node.put("randomizationP", c.randomizationP()).put("bootstrapP", c.bootstrapP());
          node.put("standardError", c.standardError());
          // JSON has no infinity.
          node.put("effect", Double.isInfinite(c.effect()) ? null : (Double) c.effect());
          node.put("errorReduction", c.errorReduction());
          node.put("conclusion", ConfidenceText.conclusion(c));
        });
    try (AtomicOutput output = AtomicOutput.to(file)) {
      output.stream()
          .write((mapper.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8));
      output.commit();
    }
  }
}
