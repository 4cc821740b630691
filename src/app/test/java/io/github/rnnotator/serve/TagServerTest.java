package io.github.rnnotator.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.formats.JsonlWriter;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server as seen by a browser, a program and an attacker. */
class TagServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CHARS = 5000;

  private static Tagger tags;
  private static Tagger entities;
  private static TagServer server;
  private static final Queue<Throwable> DEFECTS = new ConcurrentLinkedQueue<>();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws IOException {
    tags =
        new Tagger(
            TinyTaggers.untrained(
                TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos", "xpos"),
                TinyTaggers.english(20),
                2,
                1));
    entities =
        new Tagger(
            TinyTaggers.untrained(
                TinyTaggers.config(
                    CellKind.LSTM,
                    EmbedConfig.Characters.Kind.CNN,
                    TinyTaggers.crf(TagScheme.IOBES)),
                TinyTaggers.entities(20),
                2,
                2));
    server =
        TagServer.start(
            settings(MAX_CHARS, Duration.ofSeconds(30), 4, 64, List.of("tags.example")),
            List.of(ServedModel.of("en", tags), ServedModel.of("ner é", entities)),
            DEFECTS::add);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void serverReportedNoDefect() {
    assertThat(DEFECTS).isEmpty();
  }

  private static ServeSettings settings(
      int maxChars, Duration timeout, int threads, int queue, List<String> hosts) {
    return new ServeSettings(
        InetAddress.getLoopbackAddress(), 0, hosts, maxChars, timeout, threads, queue);
  }

  private static URI uri(TagServer of, String path) {
    return URI.create("http://localhost:" + of.address().getPort() + path);
  }

  private static HttpResponse<String> post(TagServer to, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(to, path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> plain(String text) throws IOException, InterruptedException {
    return post(server, "/api/tag", "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> json(String json) throws IOException, InterruptedException {
    return post(server, "/api/tag", "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static String errorOf(HttpResponse<String> answer) throws IOException {
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/json; charset=utf-8");
    JsonNode tree = JSON.readTree(answer.body());
    assertThat(tree).hasSize(1);
    return tree.get("error").textValue();
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String... words)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(errorOf(answer)).contains(words).doesNotContain("\n");
  }

  /** The library's result, in the server's format. */
  private static String expected(Tagger tagger, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonlWriter writer = new JsonlWriter(out, tagger.model().schemes())) {
      for (TaggedSentence sentence : Annotator.of(tagger).annotate(text).sentences()) {
        writer.write(sentence);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void answersTextAndJsonLikeTheLibrary() throws Exception {
    String text = "\ufeffShe reads books. He doesn't!\n\nOslo is cold.".substring(1);
    HttpResponse<String> answer = plain(text);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/x-ndjson; charset=utf-8");
    assertThat(answer.body()).isEqualTo(expected(tags, text)).hasLineCount(3);
    String asJson = JSON.writeValueAsString(Map.of("text", text));
    assertThat(json(asJson).body()).isEqualTo(answer.body());
    assertThat(plain("\ufeff" + text).body()).as("after a BOM").isEqualTo(answer.body());
    assertThat(
            post(
                    server,
                    "/api/tag",
                    "Text/Plain; Charset=\"UTF-8\"",
                    text.getBytes(StandardCharsets.UTF_8))
                .body())
        .isEqualTo(answer.body());
  }

  @Test
  void everyLineMatchesTheSchema() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs/sentence.schema.json")));
    String text = Files.readString(Path.of("corpora/sample/en.txt")).substring(0, MAX_CHARS / 2);
    String body = json(JSON.writeValueAsString(Map.of("text", text, "model", "ner é"))).body();
    assertThat(body.lines().count()).isGreaterThan(10);
    for (String line : body.split("\n")) {
      assertThat(schema.validate(JSON.readTree(line))).isEmpty();
    }
    assertThat(body).contains("\"mentions\":{\"ner\":[{").contains("\"probabilities\":{\"ner\":[");
  }

  @Test
  void selectsTheRequestedModel() throws Exception {
    String text = "Elena Brandt reads.";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String ner = expected(entities, text);
    assertThat(post(server, "/api/tag?model=ner%20%C3%A9", "text/plain", bytes).body())
        .isEqualTo(ner);
    assertThat(json("{\"model\":\"ner é\",\"text\":\"" + text + "\"}").body()).isEqualTo(ner);
    assertRefused(json("{\"text\":\"a\",\"model\":\"de\"}"), 400, "no such model", "en, ner é");
    assertRefused(post(server, "/api/tag?modell=en", "text/plain", bytes), 400, "model");
    assertThat(raw("POST /api/tag?model=%C3%A", "Host: localhost\r\nContent-Length: 0"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void blankTextHasNoSentence() throws Exception {
    for (String text : List.of("", " \n\t")) {
      HttpResponse<String> answer = plain(text);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void sixteenThreadsGetTheSameAnswers() throws Exception {
    List<String> texts = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    String sample = Files.readString(Path.of("corpora/sample/en.txt"));
    for (int i = 0; i < 16; i++) {
      texts.add(sample.substring(i * 40, i * 40 + 300 + 20 * i));
      answers.add(expected(i % 2 == 0 ? tags : entities, texts.get(i)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int call = 0; call < 64; call++) {
        int i = (call * 7) % 16;
        String model = i % 2 == 0 ? "en" : "ner é";
        calls.add(
            () -> {
              HttpResponse<String> answer =
                  json(JSON.writeValueAsString(Map.of("text", texts.get(i), "model", model)));
              assertThat(answer.statusCode()).isEqualTo(200);
              assertThat(answer.body()).isEqualTo(answers.get(i));
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(calls)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void maliciousTextIsReturnedUnchanged() throws Exception {
    String evil =
        "<script>alert(1)</script> </style>&amp; \u2028\u2029 😀 👩‍🚀 \u0000\u0007\u202e \"\\ 김민수";
    HttpResponse<String> answer = json(JSON.writeValueAsString(Map.of("text", evil)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    int tokens = 0;
    for (String line : answer.body().split("\n")) {
      for (JsonNode token : JSON.readTree(line).get("tokens")) {
        String form = evil.substring(token.get("begin").asInt(), token.get("end").asInt());
        assertThat(token.get("form").textValue()).isEqualTo(form);
        tokens++;
      }
    }
    assertThat(tokens).isGreaterThan(8);
    assertRefused(json("{\"text\":\"a \\ud83d b\"}"), 400, "unpaired surrogate at UTF-16 unit 2");
    assertRefused(json("{\"text\":\"a\\ude00\"}"), 400, "unpaired surrogate");
    assertThat(json("{\"text\":\"\\ud83d\\ude00\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesMalformedTextAndJson() throws Exception {
    byte[] latin1 = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(post(server, "/api/tag", "text/plain", latin1), 400, "not UTF-8 at byte 3");
    assertRefused(post(server, "/api/tag", "application/json", latin1), 400, "not UTF-8");
    assertRefused(json("{\"text\":\n \"a\" \"b\"}"), 400, "not JSON at line 2");
    assertRefused(json("{\"text\":\"a\"} {}"), 400, "not JSON");
    assertRefused(json("{\"text\":\"a\",\"text\":\"b\"}"), 400, "not JSON");
    assertRefused(json("{\"text\":\"a\",\"html\":\"b\"}"), 400, "an unknown field");
    assertRefused(json("{\"text\":7}"), 400, "a string as the field text");
    assertRefused(json("{\"text\":\"a\",\"model\":null}"), 400, "string as the field model");
    assertRefused(json("[]"), 400, "object");
    assertRefused(json(""), 400, "object");
    assertRefused(json("[".repeat(4000)), 400, "not JSON");
    for (String type :
        List.of("text/html", "multipart/form-data", "text/plain; charset=latin1", "", ";")) {
      HttpResponse<String> answer = post(server, "/api/tag", type, new byte[] {'a'});
      assertRefused(answer, 415, "expected");
      assertThat(answer.headers().firstValue("Accept-Post"))
          .hasValue("text/plain, application/json");
    }
  }

  @Test
  void refusesTextsThatAreTooLong() throws Exception {
    assertThat(plain("ab ".repeat(MAX_CHARS / 3)).statusCode()).isEqualTo(200);
    String most = "😀".repeat(MAX_CHARS / 2);
    assertThat(plain(most).statusCode()).isEqualTo(200);
    assertThat(json("{\"text\":\"" + "\\ud83d\\ude00".repeat(MAX_CHARS / 2) + "\"}").body())
        .isEqualTo(plain(most).body());
    assertRefused(plain(most + "a"), 413, MAX_CHARS + " characters");
    assertRefused(json("{\"text\":\"" + "a".repeat(MAX_CHARS + 1) + "\"}"), 413, "longer than");
    assertRefused(plain("a".repeat(3_000_000)), 413, "longer than");
    assertRefused(json("{\"text\":\"" + "a".repeat(3_000_000)), 413, "longer than");
  }

  @Test
  void refusesOtherMethodsAndPaths() throws Exception {
    for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD")) {
      HttpResponse<String> answer = send(method, "/api/tag");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
      assertThat(answer.headers().map().keySet())
          .noneMatch(header -> header.toLowerCase().startsWith("access-control"));
    }
    HttpResponse<String> models = send("POST", "/api/models");
    assertRefused(models, 405, "expected GET");
    assertThat(models.headers().firstValue("Allow")).hasValue("GET, HEAD");
    for (String path : List.of("/x", "/api", "/api/tag/", "/../page.js", "/%2e%2e/page.js")) {
      assertRefused(send("GET", path), 404, "/api/tag");
    }
  }

  private static HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(server, path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void pageIsCompleteAndMayContactNoOtherServer() throws Exception {
    HttpResponse<String> page = send("GET", "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .doesNotContain("unsafe")
        .doesNotContain("http");
    assertThat(page.body()).doesNotContain("http").doesNotContain("style=").doesNotContain(" on");
    List<String> links = new ArrayList<>();
    java.util.regex.Matcher found =
        java.util.regex.Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page.body());
    while (found.find()) {
      links.add(found.group(1));
    }
    assertThat(links).containsExactly("/icon.svg", "/tagged.css", "/page.css", "/page.js");
    for (String link : links) {
      HttpResponse<String> linked = send("GET", link);
      assertThat(linked.statusCode()).as(link).isEqualTo(200);
      assertThat(linked.body()).isNotBlank().doesNotContain("innerHTML");
      HttpResponse<String> head = send("HEAD", link);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void listsTheModelsWithTheirTagsAndHues() throws Exception {
    JsonNode list = JSON.readTree(send("GET", "/api/models").body());
    assertThat(list.get("maxChars").asInt()).isEqualTo(MAX_CHARS);
    assertThat(list.get("models").findValuesAsText("language")).containsExactly("en", "en");
    JsonNode en = list.get("models").get(0);
    assertThat(en.get("name").asText()).isEqualTo("en");
    assertThat(en.get("heads").findValuesAsText("name")).containsExactly("upos", "xpos");
    assertThat(en.get("heads").get(0).get("mentions").asBoolean()).isFalse();
    assertThat(en.get("heads").get(0).get("hues").get("NOUN").asInt()).isEqualTo(215);
    JsonNode ner = list.get("models").get(1).get("heads").get(0);
    assertThat(ner.get("mentions").asBoolean()).isTrue();
    assertThat(ner.get("kinds")).extracting(JsonNode::asText).containsExactly("LOC", "ORG", "PER");
  }

  @Test
  void onlyOwnHostAndOriginAreAccepted() throws Exception {
    int port = server.address().getPort();
    for (String host :
        List.of(
            "localhost",
            "LOCALHOST:" + port,
            "127.0.0.1:" + port,
            "[::1]:1",
            "tags.example",
            "Tags.Example:80")) {
      assertThat(raw("GET /api/models", "Host: " + host)).as(host).startsWith("HTTP/1.1 200 ");
    }
    for (String host :
        List.of(
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:" + port,
            "evil.example:80:80",
            "",
            "x@localhost")) {
      assertThat(raw("GET /api/models", "Host: " + host)).as(host).startsWith("HTTP/1.1 421 ");
      assertThat(raw("POST /api/tag", "Host: " + host)).as(host).startsWith("HTTP/1.1 421 ");
    }
    assertThat(raw("GET /", "Host: localhost\r\nHost: evil.example")).startsWith("HTTP/1.1 421 ");
    assertThat(raw("GET /", "X: y")).startsWith("HTTP/1.1 421 ");
    String post =
        "Host: localhost:" + port + "\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nOrigin: ";
    assertThat(raw("POST /api/tag", post + "http://localhost:" + port)).startsWith("HTTP/1.1 200 ");
    for (String origin :
        List.of("null", "http://evil.example", "http://localhost", "https://localhost:" + port)) {
      assertThat(raw("POST /api/tag", post + origin)).as(origin).startsWith("HTTP/1.1 403 ");
    }
  }

  /** Sends a raw request and returns the whole answer. */
  private static String raw(String line, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      String request = line + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A model that waits before it tags. */
  private static ServedModel waiting(CountDownLatch arrived, CountDownLatch go) {
    Function<List<List<Sentence>>, List<List<TaggedSentence>>> tagger =
        documents -> {
          arrived.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return documents.stream()
              .map(document -> document.stream().map(TagServerTest::nouns).toList())
              .toList();
        };
    return new ServedModel(
        "waiting",
        "en",
        Map.of("upos", List.of("NOUN")),
        Map.of(),
        1,
        Annotator.of(TextSegmenter.forLanguage("en"), tagger));
  }

  private static TaggedSentence nouns(Sentence sentence) {
    List<String> tags = sentence.forms().stream().map(form -> "NOUN").toList();
    return new TaggedSentence(sentence, Map.of("upos", TagSequence.of(tags)));
  }

  private static HttpRequest request(TagServer to) {
    return HttpRequest.newBuilder(uri(to, "/api/tag"))
        .header("Content-Type", "text/plain")
        .POST(HttpRequest.BodyPublishers.ofString("One. Two. Three."))
        .build();
  }

  @Test
  void slowRequestsTimeOut() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (TagServer slow =
        TagServer.start(
            settings(100, Duration.ofMillis(100), 1, 1, List.of()),
            List.of(waiting(arrived, never)),
            DEFECTS::add)) {
      // More often than there are threads: each thread is released.
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            CLIENT.send(request(slow), HttpResponse.BodyHandlers.ofString());
        assertRefused(answer, 503, "0.1 seconds");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      }
      assertThat(arrived.getCount()).isZero();
    }
  }

  @Test
  void requestsBeyondTheQueueAreRefused() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (TagServer busy =
        TagServer.start(
            settings(100, Duration.ofSeconds(60), 1, 2, List.of()),
            List.of(waiting(arrived, go)),
            DEFECTS::add)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      answers.add(CLIENT.sendAsync(request(busy), HttpResponse.BodyHandlers.ofString()));
      arrived.await();
      for (int i = 0; i < 5; i++) {
        answers.add(CLIENT.sendAsync(request(busy), HttpResponse.BodyHandlers.ofString()));
      }
      // One is tagged, two wait, and any three are refused.
      CountDownLatch refused = new CountDownLatch(3);
      answers.forEach(answer -> answer.thenRun(refused::countDown));
      assertThat(refused.await(60, TimeUnit.SECONDS)).isTrue();
      go.countDown();
      List<Integer> statuses = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        statuses.add(answer.get(60, TimeUnit.SECONDS).statusCode());
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 200, 200, 503, 503, 503);
    }
  }

  @Test
  void closingFinishesOpenRequestsAndFreesThePort() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    TagServer stopped =
        TagServer.start(
            settings(100, Duration.ofSeconds(60), 1, 2, List.of()),
            List.of(waiting(arrived, go)),
            DEFECTS::add);
    CompletableFuture<HttpResponse<String>> begun =
        CLIENT.sendAsync(request(stopped), HttpResponse.BodyHandlers.ofString());
    arrived.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(stopped::close);
    go.countDown();
    assertThat(begun.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    closing.get(60, TimeUnit.SECONDS);
    // A connection of its own: the client keeps one that it may not yet know to be closed.
    InetSocketAddress address = stopped.address();
    assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  /** Half a request line, half the headers, half a body, on more connections than threads. */
  @Test
  void halfOpenConnectionsDoNotBlockOthers() throws Exception {
    String head = "POST /api/tag HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n";
    List<String> halves =
        List.of("G", head, head + "Content-Length: 100\r\n\r\nOne.", "GET / HTTP/1.1\r\nHo");
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
        open.add(socket);
        socket
            .getOutputStream()
            .write(halves.get(i % halves.size()).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
      }
      // Far longer than needed; if the others were not aborted, there would be no answer at all.
      HttpRequest request =
          HttpRequest.newBuilder(uri(server, "/api/tag"))
              .timeout(Duration.ofSeconds(25))
              .header("Content-Type", "text/plain")
              .POST(HttpRequest.BodyPublishers.ofString("One. Two."))
              .build();
      assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void outOfMemoryIsAnsweredWithoutStackTrace() throws Exception {
    Function<List<List<Sentence>>, List<List<TaggedSentence>>> greedy =
        documents -> {
          throw new OutOfMemoryError("Java heap space");
        };
    ServedModel model =
        new ServedModel(
            "greedy",
            "en",
            Map.of(),
            Map.of(),
            1,
            Annotator.of(TextSegmenter.forLanguage("en"), greedy));
    try (TagServer full =
        TagServer.start(
            settings(100, Duration.ofSeconds(60), 1, 1, List.of()), List.of(model), DEFECTS::add)) {
      // The only tagging thread is available for the next text.
      for (int i = 0; i < 2; i++) {
        assertRefused(
            CLIENT.send(request(full), HttpResponse.BodyHandlers.ofString()),
            503,
            "not enough memory");
      }
    }
  }

  /** A model that reads whole documents checks for cancellation between its batches. */
  @Test
  void abandonedTextIsNotTaggedFurther() {
    ServedModel model = ServedModel.of("en", tags);
    Document passage = model.tagger().segment(Document.of("One. Two.", List.of()));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> model.tagger().tag(List.of(passage)))
          .isInstanceOf(CancellationException.class);
      assertThatThrownBy(() -> model.tag(List.of(Document.of("One. Two."))))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void internalErrorDetailsAreNotSentToClients() throws Exception {
    Function<List<List<Sentence>>, List<List<TaggedSentence>>> broken =
        documents -> {
          throw new IllegalStateException("secret");
        };
    Queue<Throwable> told = new ConcurrentLinkedQueue<>();
    ServedModel model =
        new ServedModel(
            "broken",
            "en",
            Map.of(),
            Map.of(),
            1,
            Annotator.of(TextSegmenter.forLanguage("en"), broken));
    try (TagServer failing =
        TagServer.start(
            settings(100, Duration.ofSeconds(60), 1, 1, List.of()), List.of(model), told::add)) {
      HttpResponse<String> answer =
          CLIENT.send(request(failing), HttpResponse.BodyHandlers.ofString());
      assertRefused(answer, 500, "internal error");
      assertThat(answer.body()).doesNotContain("secret");
      assertThat(told).hasSize(1);
      assertThat(told.peek()).hasStackTraceContaining("secret");
    }
  }

  @Test
  void occupiedPortIsReported() {
    ServeSettings same =
        new ServeSettings(
            InetAddress.getLoopbackAddress(),
            server.address().getPort(),
            List.of(),
            1,
            Duration.ofSeconds(1),
            1,
            1);
    assertThatThrownBy(
            () -> TagServer.start(same, List.of(ServedModel.of("en", tags)), DEFECTS::add))
        .isInstanceOf(BindException.class);
  }
}
