package io.github.rnnotator.corenlp;

import edu.stanford.nlp.pipeline.StanfordCoreNLPServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** CoreNLP's own server, started as from its command line, and a plain client. */
final class LoopbackServer implements AutoCloseable {
  private final StanfordCoreNLPServer server;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LoopbackServer(StanfordCoreNLPServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a server with this properties file. */
  static LoopbackServer start(Path serverProperties) throws IOException {
    // Otherwise Java's server delays the second part of a response by 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int port = freePort();
    StanfordCoreNLPServer server =
        StanfordCoreNLPServer.launchServer(
            new String[] {
              "-port",
              "" + port,
              "-threads",
              "4",
              "-timeout",
              "60000",
              "-quiet",
              "true",
              // A file of this name in the temporary folder; other servers have theirs.
              "-server_id",
              "test" + port,
              "-serverProperties",
              serverProperties.toString()
            });
    return new LoopbackServer(server, port);
  }

  /** Returns a free port. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** Returns the response to a text with these properties; keys and values in turn. */
  HttpResponse<String> ask(String text, Map<String, String> properties)
      throws IOException, InterruptedException {
    String json =
        properties.entrySet().stream()
            .map(e -> '"' + e.getKey() + "\":\"" + e.getValue() + '"')
            .collect(Collectors.joining(",", "{", "}"));
    return send(text, "?properties=" + URLEncoder.encode(json, StandardCharsets.UTF_8));
  }

  /** Returns the response to a text and a query. */
  HttpResponse<String> send(String text, String query) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + query))
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.getServer().ifPresent(http -> http.stop(0));
  }
}
