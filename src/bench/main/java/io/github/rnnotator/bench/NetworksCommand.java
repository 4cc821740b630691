package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.bench.measure.Machine;
import io.github.rnnotator.bench.measure.Rounds;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code networks}: products, recurrent layers and training steps, all on one thread. */
@Command(
    name = "networks",
    description = {
      "Products, recurrent layers, training steps and latency, on one thread.",
      "Each part runs in its own JVM."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  scripts/benchmark networks products training --rounds 100"})
final class NetworksCommand implements Callable<Integer> {
  private static final Rounds ROUNDS = new Rounds(40, 50, 3000);
  private static final int INPUT_DIM = 158;
  private static final int BATCH = 32;
  private static final int TIMESTEPS = 25;

  /** The parts of the comparison. */
  enum Part {
    PRODUCTS,
    FORWARD,
    TRAINING,
    LATENCY
  }

  @Parameters(
      paramLabel = "PART",
      arity = "0..*",
      description = "What to compare: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Part> parts = List.of();

  @Mixin private RoundsOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    Set<Part> chosen = parts.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(parts);
    if (chosen.size() > 1) {
      return each(chosen);
    }
    out.println(Machine.describe());
    switch (chosen.iterator().next()) {
      case PRODUCTS -> {
        compare(Products.of(800, 512, 1024), out);
        compare(Products.of(32, 256, 1024), out);
      }
      case FORWARD -> compare(forward(128), out);
      case TRAINING -> compare(training(256), out);
      case LATENCY -> latency(out);
    }
    out.println();
    return 0;
  }

  private int each(Set<Part> chosen) throws IOException, InterruptedException {
    for (Part part : chosen) {
      List<String> arguments = new ArrayList<>(List.of("networks", part.name()));
      arguments.addAll(options.arguments());
      int status = OwnJvm.run(arguments);
      if (status != 0) {
        return status;
      }
    }
    return 0;
  }

  private void compare(Contest contest, PrintStream out) {
    try (contest) {
      contest.run(options.rounds(ROUNDS), options.markdown(), out);
    }
  }

  private static Contest forward(int hidden) {
    LstmStack stack = LstmStack.of(INPUT_DIM, hidden, 2);
    return new Contest(
        title("Forward", hidden, BATCH, TIMESTEPS),
        BATCH * TIMESTEPS,
        "tokens/s",
        1e-4,
        LstmForward.contestants(stack, BATCH, TIMESTEPS));
  }

  private static Contest training(int hidden) {
    return new Contest(
        title("Training step", hidden, BATCH, TIMESTEPS),
        BATCH * TIMESTEPS,
        "tokens/s",
        1e-4,
        TrainingStep.contestants(INPUT_DIM, hidden, 2, BATCH, TIMESTEPS));
  }

  private void latency(PrintStream out) {
    int tokens = 20;
    List<Calculation> contestants =
        LstmForward.contestants(LstmStack.of(INPUT_DIM, 128, 2), 1, tokens);
    try {
      Latency.run(title("Latency", 128, 1, tokens), contestants, options.markdown(), out);
    } finally {
      contestants.forEach(Contestant::close);
    }
  }

  private static String title(String what, int hidden, int batch, int timesteps) {
    return String.format(
        Locale.ROOT,
        "%s, two bidirectional LSTM layers of %d, input vectors of %d, batch %d, %d tokens each",
        what,
        hidden,
        INPUT_DIM,
        batch,
        timesteps);
  }
}
