package io.github.rnnotator.uima;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An external recommender for INCEpTION: a server that suggests annotations for its documents.
 *
 * <ul>
 *   <li>{@code POST /predict} takes a document, a CAS in XMI, and returns it with predictions
 *   <li>{@code POST /train} is accepted and ignored: the model does not change
 * </ul>
 *
 * <p>It has no password and no encryption. See {@code docs/uima.md} for the layers that it
 * predicts. Thread-safe.
 */
public final class InceptionServer implements AutoCloseable {
  /** The maximum size of a request in bytes. */
  static final int MOST_BYTES = 1 << 27;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads;
  private final InceptionRecommender recommender;

  private InceptionServer(
      HttpServer server, ExecutorService threads, InceptionRecommender recommender) {
    this.server = server;
    this.threads = threads;
    this.recommender = recommender;
  }

  /**
   * Starts a server.
   *
   * @param tagger tags the documents
   * @param layers custom features, {@code LAYER:FEATURE} to the head of the model that predicts it,
   *     in addition to the built-in layers
   * @throws IllegalArgumentException if the model labels whole texts or has no such head
   * @throws java.net.BindException if the address or port is not available
   */
  public static InceptionServer start(
      Tagger tagger, Map<String, String> layers, InetSocketAddress address) throws IOException {
    Objects.requireNonNull(tagger, "the tagger is null");
    Objects.requireNonNull(layers, "the layers are null");
    Objects.requireNonNull(address, "the address is null");
    tagger.model().requireTags();
    InceptionRecommender recommender =
        new InceptionRecommender(
            new Models.Loaded(tagger, TextSegmenter.of(tagger.model())),
            new InceptionLayers(tagger.model().labels().keySet(), layers));
    HttpServer http = HttpServer.create(address, 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors());
    InceptionServer server = new InceptionServer(http, threads, recommender);
    http.setExecutor(threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** The address it listens on. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (InceptionRefusal e) {
        send(exchange, e.status(), Map.of("error", String.valueOf(e.getMessage())));
      } catch (OutOfMemoryError e) {
        send(
            exchange, 413, Map.of("error", "the document is too large for the memory; raise -Xmx"));
      } catch (RuntimeException e) {
        send(exchange, 500, Map.of("error", "internal error: " + e));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InceptionRefusal {
    String path = exchange.getRequestURI().getPath();
    if (!path.equals("/predict") && !path.equals("/train")) {
      throw new InceptionRefusal(404, "not found; expected /predict or /train");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new InceptionRefusal(405, "expected POST");
    }
    // Pages of other origins may send text without asking, but not JSON.
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new InceptionRefusal(415, "expected application/json");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new InceptionRefusal(413, "the request has more than " + MOST_BYTES + " bytes");
    }
    boolean predict = path.equals("/predict");
    InceptionRequest request = InceptionRequest.parse(body, predict);
    if (predict) {
      send(exchange, 200, Map.of("document", recommender.predict(request)));
    } else {
      recommender.train(request);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static void send(HttpExchange exchange, int status, Map<String, String> answer)
      throws IOException {
    byte[] body = MAPPER.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops the server; requests that are being answered end. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
