package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.serve.ServeSettings;
import io.github.rnnotator.serve.ServedModel;
import io.github.rnnotator.serve.TagServer;
import io.github.rnnotator.tagger.Tagger;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rnnotator serve}: serves a web page and a JSON endpoint on the local machine. */
@Command(
    name = "serve",
    description = {
      "Serves a web page that tags text as you type, and a JSON endpoint for programs.",
      "Has neither password nor encryption: other machines can't reach it without --bind."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator serve",
      "  rnnotator serve -m en -m ner.rnn --port 9000",
      "  curl localhost:8765/api/tag -H 'Content-Type: text/plain' -d 'She reads books.'"
    })
final class ServeCommand implements Callable<Integer> {
  /** The bundled default model. */
  private static final String BUNDLED = "en";

  private static final int MOST_WAITING_PER_THREAD = 16;

  /** Time limit for sending a request, in seconds; Java's server has none by default. */
  private static final int SENDING_SECONDS = 30;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "A model file, or the name of a bundled model; the page offers a choice of several. Default:"
              + " en.")
  private List<Path> models = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8765",
      description = "The port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; with 0.0.0.0 anyone who can reach this machine can send requests."
              + " Default: ${DEFAULT-VALUE}.")
  private String bind;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "A host name that browsers may use, in addition to localhost.")
  private List<String> hosts = List.of();

  @Option(
      names = "--max-chars",
      paramLabel = "N",
      defaultValue = "100000",
      description = "The maximum length of a text. Default: ${DEFAULT-VALUE} characters.")
  private int maxChars;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "The time limit for waiting and tagging. Default: ${DEFAULT-VALUE}.")
  private double timeout;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The number of texts to tag in parallel. Default: the number of cores.")
  private @Nullable Integer threads;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServeSettings settings = settings();
    PrintWriter err = spec.commandLine().getErr();
    List<ServedModel> served = new ArrayList<>();
    for (Map.Entry<String, Path> each : named().entrySet()) {
      served.add(ServedModel.of(each.getKey(), new Tagger(Models.loadTextTagger(each.getValue()))));
    }
    if (served.isEmpty()) {
      served.add(ServedModel.of(BUNDLED, new Tagger(Models.loadTextTagger(null))));
    }
    limitSlowClients();
    TagServer server;
    try {
      server = TagServer.start(settings, served, defect -> report(defect, err));
    } catch (BindException e) {
      throw new InputException(
          "can't listen on port "
              + port
              + " of "
              + bind
              + " ("
              + e.getMessage()
              + "); choose another port with --port, 0 for any free one, or another address with --bind");
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              server.close();
              stopped.countDown();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    if (!settings.address().isLoopbackAddress()) {
      err.println(
          "rnnotator: warning: "
              + bind
              + " may be reached from other machines, and anyone who reaches it can tag text");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(url(server.address()) + "  (Ctrl-C ends it)");
    if (out.checkError()) {
      // The caller would wait for the address in vain.
      Runtime.getRuntime().removeShutdownHook(stop);
      server.close();
      return CommandLine.ExitCode.SOFTWARE;
    }
    stopped.await();
    return 0;
  }

  /** Names models by the last part of the file name, made unique. */
  private Map<String, Path> named() {
    Map<String, Path> named = new LinkedHashMap<>();
    for (Path file : models) {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.rnn$", "");
      String unique = name;
      for (int i = 2; named.containsKey(unique); i++) {
        unique = name + "-" + i;
      }
      named.put(unique, file);
    }
    return named;
  }

  private ServeSettings settings() throws InputException {
    InetAddress address;
    try {
      address = InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new InputException("--bind " + bind + ": expected an address of this machine");
    }
    int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    try {
      return new ServeSettings(
          address,
          port,
          hosts,
          maxChars,
          Duration.ofMillis(Math.round(timeout * 1000)),
          cores,
          Math.max(1, cores) * MOST_WAITING_PER_THREAD);
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  /** Java's server reads these properties when its first instance is created. */
  private static void limitSlowClients() {
    System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(SENDING_SECONDS));
    System.setProperty("sun.net.httpserver.maxRspTime", "120");
    // Otherwise it delays the second part of an answer by 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static String url(InetSocketAddress address) {
    InetAddress to = address.getAddress();
    String host =
        to.isLoopbackAddress() || to.isAnyLocalAddress() ? "localhost" : to.getHostAddress();
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort()
        + "/";
  }

  private static void report(Throwable defect, PrintWriter err) {
    synchronized (err) {
      err.println("rnnotator: internal error: " + defect);
      defect.printStackTrace(err);
    }
  }
}
