package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} started and stopped as a command. */
class ServeCommandTest {
  private static final Path MODEL =
      Path.of("src/models/en/main/resources/META-INF/rnnotator/models/en.rnn");

  @TempDir Path folder;

  @Test
  void saysWhereItIsServesSeveralModelsAndEndsWhenAsked() throws Exception {
    Process process = serve("-m", "en", "-m", MODEL.toString(), "-m", MODEL.toString());
    try {
      String said = said(process);
      assertThat(said).matches("http://localhost:\\d+/  \\(Ctrl-C ends it\\)");
      URI page = URI.create(said.split(" ")[0]);
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      HttpResponse<String> models =
          client.send(
              HttpRequest.newBuilder(page.resolve("api/models")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(models.body())
          .contains("\"name\":\"en\"", "\"name\":\"en-2\"", "\"name\":\"en-3\"");
      HttpResponse<String> tagged =
          client.send(
              HttpRequest.newBuilder(page.resolve("api/tag?model=en-3"))
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("She reads books."))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(tagged.body()).contains("\"upos\":[\"PRON\",\"VERB\",\"NOUN\",\"PUNCT\"]");
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("ended by the signal").isEqualTo(143);
      assertThat(folder.resolve("err")).content().doesNotContain("Exception", "warning: 127");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void warnsWhereOtherMachinesMayAsk() throws Exception {
    Process process = serve("-m", "en-fast", "--bind", "0.0.0.0");
    try {
      assertThat(said(process)).startsWith("http://");
      assertThat(folder.resolve("err"))
          .content()
          .contains("warning: 0.0.0.0 may be reached from other machines");
    } finally {
      process.destroyForcibly();
    }
  }

  private Process serve(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.rnnotator.cli.Main",
                "serve",
                "--port",
                "0"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private static String said(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  @Test
  void mistakeIsOneLineWithTheOption() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertMistake("--port", "" + taken.getLocalPort(), "can't listen", "--port");
    }
    assertMistake("--port", "70000", "port 70000, expected 0 to 65535");
    assertMistake("--max-chars", "0", "0 characters, expected 1 to");
    assertMistake("--timeout", "0", "expected 0.001 to 86400");
    assertMistake("--timeout", "NaN", "expected 0.001 to 86400");
    assertMistake("--threads", "0", "0 threads");
    assertMistake("--bind", "no.such.host.invalid", "--bind no.such.host.invalid", "address");
    assertMistake("-m", "missing.rnn", "missing.rnn: no such file");
  }

  private static void assertMistake(String option, String value, String... words) {
    CommandLineRun.Outcome outcome = CommandLineRun.run("serve", option, value);
    assertThat(outcome.err()).contains(words).hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }
}
