package io.github.rnnotator.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.TagScheme;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as seen by programs: several texts, tokens, its description and its counters. */
class ServedProgramsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TagServer server;

  @BeforeEach
  void start() throws IOException {
    Tagger tagger =
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
            new ServeSettings(
                InetAddress.getLoopbackAddress(), 0, List.of(), 200, Duration.ofSeconds(30), 2, 8),
            List.of(ServedModel.of("ner", tagger)),
            defect -> {
              throw new AssertionError(defect);
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + server.address().getPort() + path));
  }

  private HttpResponse<String> tag(Object body) throws IOException, InterruptedException {
    return tagJson(JSON.writeValueAsString(body));
  }

  private HttpResponse<String> tagJson(String json) throws IOException, InterruptedException {
    return send(
        request("/api/tag")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private List<JsonNode> sentences(Object body) throws IOException, InterruptedException {
    HttpResponse<String> answer = tag(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.body().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** A text among others has the same tags as alone, and its number. */
  @Test
  void textsAreTaggedAsAlone() throws Exception {
    List<String> texts = List.of("Elena Brandt reads. She sings.", "", "Oslo is cold.");
    List<JsonNode> together = sentences(Map.of("texts", texts));
    assertThat(together).extracting(s -> s.get("document").asText()).containsExactly("0", "0", "2");
    List<JsonNode> alone = new ArrayList<>();
    for (String text : texts) {
      alone.addAll(sentences(Map.of("text", text)));
    }
    for (int i = 0; i < alone.size(); i++) {
      for (String field : List.of("tokens", "tags", "probabilities", "mentions")) {
        assertThat(together.get(i).get(field)).isEqualTo(alone.get(i).get(field));
      }
    }
    String lines = String.join("\n", texts);
    assertThat(sentences(Map.of("text", lines, "lines", true))).isEqualTo(together);
  }

  @Test
  void tokensAreKept() throws Exception {
    List<List<String>> tokens = List.of(List.of("Dr. Brandt", "doesn't"), List.of("Oslo"));
    List<JsonNode> tagged = sentences(Map.of("tokens", tokens));
    assertThat(tagged).extracting(s -> s.get("tokens").findValuesAsText("form")).isEqualTo(tokens);
    assertThat(tagged).allMatch(s -> s.get("tags").get("ner").size() == s.get("tokens").size());
  }

  /** The confidence of a mention is the lowest probability of its tags. */
  @Test
  void mentionsHaveAConfidence() throws Exception {
    int found = 0;
    for (JsonNode sentence :
        sentences(Map.of("text", "Elena Brandt reads in Oslo. Oslo is cold."))) {
      for (JsonNode mention : sentence.get("mentions").get("ner")) {
        double lowest = 1;
        for (int i = mention.get("firstToken").asInt(); i < mention.get("endToken").asInt(); i++) {
          lowest = Math.min(lowest, sentence.get("probabilities").get("ner").get(i).asDouble());
        }
        assertThat(mention.get("confidence").asDouble()).isEqualTo(lowest);
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void mistakesAreNamed() throws Exception {
    for (Object body :
        List.of(
            Map.of("model", "ner"),
            Map.of("text", "a", "texts", List.of("b")),
            Map.of("texts", "a"),
            Map.of("texts", List.of(7)),
            Map.of("tokens", List.of("a")),
            Map.of("tokens", List.of(List.of())),
            Map.of("tokens", List.of(List.of(" "))),
            Map.of("texts", List.of("a"), "lines", true),
            Map.of("text", "a", "lines", 1))) {
      HttpResponse<String> answer = tag(body);
      assertThat(answer.statusCode()).as("%s: %s", body, answer.body()).isEqualTo(400);
      assertThat(JSON.readTree(answer.body()).get("error").asText()).isNotBlank();
    }
    assertThat(tagJson("{\"tokens\": [[\"\\ud83d\"]]}").body()).contains("unpaired surrogate");
    assertThat(tag(Map.of("texts", List.of("a".repeat(150), "b".repeat(51)))).statusCode())
        .as("all texts together are limited")
        .isEqualTo(413);
    assertThat(tag(Map.of("tokens", List.of(List.of("a".repeat(200))))).statusCode())
        .isEqualTo(413);
  }

  @Test
  void countersCountWhatWasDone() throws Exception {
    tag(Map.of("texts", List.of("Oslo is cold.", "Yes.")));
    tag(Map.of("text", 7));
    HttpResponse<String> answer = send(request("/metrics"));
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains("rnnotator_requests_total{status=\"200\"} 1\n")
        .contains("rnnotator_requests_total{status=\"400\"} 1\n")
        .contains("rnnotator_texts_total 2\n")
        .contains("rnnotator_tokens_total 6\n")
        .containsPattern("rnnotator_tagging_seconds_total \\d+\\.\\d{6}\n");
    // Each sample belongs to the counter that was described before it.
    Set<String> described = new LinkedHashSet<>();
    for (String line : answer.body().lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        described.add(line.split(" ")[2]);
      } else if (!line.startsWith("#")) {
        assertThat(described).contains(line.split("[ {]")[0]);
      }
    }
  }

  /** The description is valid and names every path and field. */
  @Test
  void descriptionIsValidAndComplete() throws Exception {
    HttpResponse<String> answer = send(request("/openapi.json"));
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(answer.body());
    assertThat(parsed.getMessages()).isEmpty();
    Map<String, ?> paths = parsed.getOpenAPI().getPaths();
    HttpResponse<String> unknown = send(request("/nowhere"));
    for (String path : List.of("/api/tag", "/api/models", "/metrics", "/openapi.json")) {
      assertThat(paths.containsKey(path)).isTrue();
      assertThat(unknown.body()).contains(path);
    }
    JsonNode schemas = JSON.readTree(answer.body()).get("components").get("schemas");
    JsonNode own =
        JSON.readTree(Files.readString(Path.of("docs/sentence.schema.json"))).get("properties");
    assertThat(fields(own)).containsAll(fields(schemas.get("Sentence").get("properties")));
    assertThat(
            fields(own.get("mentions").get("additionalProperties").get("items").get("properties")))
        .isEqualTo(fields(schemas.get("Mention").get("properties")));
  }

  private static Set<String> fields(JsonNode object) {
    Set<String> names = new LinkedHashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The client in the docs prints the mentions of the library. */
  @Test
  void pythonClientOfTheDocsFindsTheMentions(@TempDir Path folder) throws Exception {
    assumeTrue(hasPython(), "no python3");
    Matcher code =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/serve.md")));
    assertThat(code.find()).isTrue();
    String text = "\uD83D\uDE00 Elena Brandt reads in Oslo.";
    Files.writeString(
        folder.resolve("client.py"),
        code.group(1)
            + "for mention in tag(['Yes.', %s], 'http://localhost:%d'):\n    print(ascii(mention))\n"
                .formatted(JSON.writeValueAsString(text), server.address().getPort()));
    Process python =
        new ProcessBuilder("python3", "client.py")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(python.exitValue()).as(printed).isZero();
    int[] characters = text.codePoints().toArray();
    List<String> expected = new ArrayList<>();
    for (JsonNode sentence : sentences(Map.of("texts", List.of("Yes.", text)))) {
      for (JsonNode mention : sentence.get("mentions").get("ner")) {
        int begin = mention.get("beginCodePoint").asInt();
        String name = new String(characters, begin, mention.get("endCodePoint").asInt() - begin);
        if (sentence.get("document").asText().equals("1")) {
          expected.add(name);
        }
      }
    }
    assertThat(expected).isNotEmpty();
    List<String> lines = printed.lines().filter(line -> line.startsWith("(1, ")).toList();
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).chars().allMatch(c -> c < 128)) {
        assertThat(lines.get(i)).endsWith("'" + expected.get(i) + "')");
      }
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
