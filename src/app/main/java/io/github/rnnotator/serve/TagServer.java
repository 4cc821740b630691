package io.github.rnnotator.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.rnnotator.render.TagStyle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Serves a web page that tags text while typing, and its endpoints:
 *
 * <ul>
 *   <li>{@code GET /} the page
 *   <li>{@code POST /api/tag} tags a text; one line of JSON per sentence
 *   <li>{@code GET /api/models} lists the models
 *   <li>{@code GET /openapi.json} describes the endpoints
 *   <li>{@code GET /metrics} counts what was done
 * </ul>
 *
 * <p>It has no password and no encryption, and is meant for a loopback address. See {@code
 * docs/serve.md} for the responses.
 */
public final class TagServer implements AutoCloseable {
  /** The maximum number of connections, in addition to those that wait for a text to be tagged. */
  private static final int CONNECTIONS = 256;

  private static final int MOST_WAITING = 1024;

  /** How long a client may be idle while others wait. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final int GRACE_SECONDS = 5;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private record Path(String method, Endpoint endpoint) {}

  private final HttpServer server;
  private final Exchanges exchanges;
  private final TagEndpoint tagging;
  private final Guard guard;
  private final Map<String, Path> paths = new LinkedHashMap<>();
  private final Consumer<Throwable> defects;
  private final ServeCounters counters = new ServeCounters();

  private TagServer(
      HttpServer server,
      ServeSettings settings,
      List<ServedModel> models,
      Consumer<Throwable> defects) {
    this.server = server;
    this.defects = defects;
    this.guard = new Guard(settings.hosts());
    int tagged = Math.min(MOST_WAITING, settings.threads() + settings.queue());
    this.exchanges = new Exchanges(CONNECTIONS + tagged, PATIENCE);
    this.tagging = new TagEndpoint(settings, models, exchanges, counters);
    paths.put("/api/tag", new Path("POST", tagging));
    Answer list = Answer.json(200, ModelList.of(settings.maxChars(), models), Map.of());
    paths.put("/api/models", new Path("GET", exchange -> list));
    paths.put("/metrics", new Path("GET", exchange -> counters.answer()));
    page("/openapi.json", "application/json", resource("openapi.json"));
    page("/", "text/html", resource("index.html"));
    page("/page.js", "text/javascript", resource("page.js"));
    page("/page.css", "text/css", resource("page.css"));
    page("/tagged.css", "text/css", TagStyle.sheet().getBytes(StandardCharsets.UTF_8));
    page("/icon.svg", "image/svg+xml", resource("icon.svg"));
  }

  private void page(String path, String type, byte[] content) {
    Answer answer = Answer.ok(type + "; charset=utf-8", content);
    paths.put(path, new Path("GET", exchange -> answer));
  }

  private static byte[] resource(String name) {
    try (InputStream in = TagServer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a server.
   *
   * @param models at least one; the first is the default
   * @param defects called with unexpected exceptions, on any thread
   * @throws java.net.BindException if the address or port is not available
   */
  public static TagServer start(
      ServeSettings settings, List<ServedModel> models, Consumer<Throwable> defects)
      throws IOException {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("no model");
    }
    HttpServer http =
        HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
    TagServer server = new TagServer(http, settings, List.copyOf(models), defects);
    http.setExecutor(server.exchanges);
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
      Answer answer;
      try {
        guard.check(exchange.getRequestHeaders());
        answer = answer(exchange);
      } catch (Refusal e) {
        answer = e.answer();
      } catch (OutOfMemoryError e) {
        answer = TagEndpoint.outOfMemory().answer();
      } catch (RuntimeException | Error e) {
        defects.accept(e);
        answer = Answer.error(500, "internal error; see the server's output", Map.of());
      }
      counters.answered(answer.status());
      exchanges.waitsForClient();
      send(exchange, answer);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException, Refusal {
    Path path = paths.get(exchange.getRequestURI().getPath());
    if (path == null) {
      throw new Refusal(404, "not found; expected " + String.join(", ", paths.keySet()));
    }
    String method = exchange.getRequestMethod();
    if (!method.equals(path.method) && !(method.equals("HEAD") && path.method.equals("GET"))) {
      String allowed = path.method.equals("GET") ? "GET, HEAD" : path.method;
      throw new Refusal(405, "expected " + allowed, Map.of("Allow", allowed));
    }
    return path.endpoint.answer(exchange);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    boolean empty = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** Accepts no more requests, and waits a few seconds for those being answered. */
  @Override
  public void close() {
    exchanges.finish(GRACE_SECONDS);
    exchanges.close();
    tagging.close();
    server.stop(0);
  }
}
