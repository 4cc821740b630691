package io.github.rnnotator.uima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.tagger.Tagger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.Feature;
import org.apache.uima.cas.Type;
import org.apache.uima.cas.text.AnnotationFS;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What INCEpTION gets for the requests that it sends. */
class InceptionServerTest {
  private static final String CORE = "de.tudarmstadt.ukp.dkpro.core.api.";
  private static final String NAME = CORE + "ner.type.NamedEntity";
  private static final String POS = CORE + "lexmorph.type.pos.POS";
  private static final String TEXT = "Jane Adams wasn't in Berlin. The mice went home.";
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static InceptionServer server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    server =
        InceptionServer.start(
            Tagger.bundled("en-fast"), Map.of("webanno.custom.Word:tag", "xpos"), ANY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder request(InceptionServer to, String path, String body) {
    return HttpRequest.newBuilder(InceptionCases.address(to).resolve(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return CLIENT.send(request(server, path, body).build(), BodyHandlers.ofString());
  }

  /** The predictions for a document, as INCEpTION reads them. */
  private static List<String> predicted(CAS document, String layer, String feature)
      throws Exception {
    return predicted(server, document, InceptionCases.predict(document, layer, feature, "tokens"));
  }

  private static List<String> predicted(InceptionServer from, CAS document, String body)
      throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(request(from, "predict", body).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode sent = new ObjectMapper().readTree(body).path("metadata");
    return InceptionCases.predictions(
        document, answer.body(), sent.path("layer").asText(), sent.path("feature").asText());
  }

  // ---- Predictions ------------------------------------------------------------------------------

  @Test
  void namesAreSuggestedForTheTokensOfTheDocument() throws Exception {
    CAS document = InceptionCases.document(TEXT);
    assertThat(predicted(document, NAME, "value")).containsExactly("PER Jane Adams", "LOC Berlin");
  }

  @Test
  void everyBuiltInLayerHasItsHead() throws Exception {
    String text = "The mice went home.";
    assertThat(predicted(InceptionCases.document(text), POS, "PosValue"))
        .containsExactly("DT The", "NNS mice", "VBD went", "RB home", ". .");
    assertThat(predicted(InceptionCases.document(text), POS, "coarseValue"))
        .containsExactly("DET The", "NOUN mice", "VERB went", "ADV home", "PUNCT .");
    assertThat(predicted(InceptionCases.document(text), CORE + "segmentation.type.Lemma", "value"))
        .containsExactly("the The", "mouse mice", "go went", "home home", ". .");
    String morph = CORE + "lexmorph.type.morph.MorphologicalFeatures";
    assertThat(predicted(InceptionCases.document(text), morph, "value"))
        .contains("Number=Plur mice")
        .noneMatch(p -> p.endsWith(" ."));
    assertThat(predicted(InceptionCases.document(text), "webanno.custom.Word", "tag"))
        .contains("NNS mice");
  }

  @Test
  void aTokenWithoutTextHasNoSuggestion() throws Exception {
    CAS document = InceptionCases.document("mice  went");
    Type token = document.getTypeSystem().getType(CORE + "segmentation.type.Token");
    document.addFsToIndexes(document.createAnnotation(token, 4, 6));
    assertThat(predicted(document, CORE + "segmentation.type.Lemma", "value"))
        .containsExactly("mouse mice", "go went");
  }

  /** Also the annotations of people stay as they are, without the mark of a prediction. */
  @Test
  void onlyPredictionsAreAddedToADocument() throws Exception {
    CAS document = InceptionCases.document(TEXT);
    AnnotationFS own = InceptionCases.annotate(document, NAME, "value", 5, 10, "OTH");
    CAS answered = InceptionCases.document("");
    String body = InceptionCases.predict(document, NAME, "value", "tokens");
    InceptionCases.read(answered, post("predict", body).body());
    assertThat(answered.getDocumentText()).isEqualTo(TEXT);
    Feature predicted = own.getType().getFeatureByBaseName("inception_internal_predicted");
    List<AnnotationFS> names = InceptionCases.annotations(answered, NAME);
    assertThat(names)
        .filteredOn(
            a ->
                !a.getBooleanValue(
                    a.getType().getFeatureByBaseName("inception_internal_predicted")))
        .singleElement()
        .satisfies(a -> assertThat(a.getCoveredText()).isEqualTo("Adams"));
    assertThat(names).hasSize(3);
    assertThat(own.getBooleanValue(predicted)).isFalse();
    for (String type : List.of("Token", "Sentence")) {
      assertThat(InceptionCases.annotations(answered, CORE + "segmentation.type." + type))
          .hasSameSizeAs(InceptionCases.annotations(document, CORE + "segmentation.type." + type));
    }
  }

  @Test
  void aScoreIsAProbability() throws Exception {
    CAS document = InceptionCases.document(TEXT);
    InceptionCases.read(
        document,
        post("predict", InceptionCases.predict(document, NAME, "value", "tokens")).body());
    assertThat(InceptionCases.annotations(document, NAME))
        .hasSize(2)
        .allSatisfy(
            name ->
                assertThat(name.getDoubleValue(name.getType().getFeatureByBaseName("value_score")))
                    .isGreaterThan(0)
                    .isLessThanOrEqualTo(1));
  }

  @Test
  void aDocumentWithoutTokensIsSegmented() throws Exception {
    CAS document = InceptionCases.textOnly(TEXT);
    assertThat(predicted(document, NAME, "value")).containsExactly("PER Jane Adams", "LOC Berlin");
    CAS empty = InceptionCases.textOnly("");
    assertThat(predicted(empty, NAME, "value")).isEmpty();
  }

  /** Where annotations consist of tokens, INCEpTION drops one that ends inside a token. */
  @Test
  void aNameEndsInsideItsTokenOnlyIfTheLayerAllowsIt() throws Exception {
    Path model;
    try (Stream<Path> files = Files.walk(Path.of("src/models/ko/main"))) {
      model = files.filter(f -> f.toString().endsWith(".rnn")).findFirst().orElseThrow();
    }
    try (InceptionServer korean = InceptionServer.start(Tagger.load(model), Map.of(), ANY)) {
      CAS document = InceptionCases.document("김민수는 서울에 산다.");
      assertThat(
              predicted(
                  korean, document, InceptionCases.predict(document, NAME, "value", "characters")))
          .contains("LOC 서울");
      CAS other = InceptionCases.document("김민수는 서울에 산다.");
      assertThat(predicted(korean, other, InceptionCases.predict(other, NAME, "value", "tokens")))
          .contains("LOC 서울에");
    }
  }

  @Test
  void manyRequestsAtOnceGetTheSame() throws Exception {
    CAS document = InceptionCases.document(TEXT);
    String body = InceptionCases.predict(document, NAME, "value", "tokens");
    String expected = post("predict", body).body();
    List<CompletableFuture<HttpResponse<String>>> answers =
        Stream.generate(
                () ->
                    CLIENT.sendAsync(
                        request(server, "predict", body).build(), BodyHandlers.ofString()))
            .limit(20)
            .toList();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().body()).isEqualTo(expected);
    }
  }

  // ---- Training ---------------------------------------------------------------------------------

  @Test
  void trainingIsAcceptedAndChangesNothing() throws Exception {
    CAS document = InceptionCases.document(TEXT);
    String body = InceptionCases.predict(document, NAME, "value", "tokens");
    String before = post("predict", body).body();
    InceptionCases.annotate(document, NAME, "value", 0, 10, "OTH");
    HttpResponse<String> answer = post("train", InceptionCases.train(document, NAME, "value"));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(post("predict", body).body()).isEqualTo(before);
  }

  // ---- Refusals ---------------------------------------------------------------------------------

  private static void refused(HttpResponse<String> answer, int status, String part)
      throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(answer.body()).path("error").asText())
        .contains(part)
        .doesNotContain("\n");
  }

  @Test
  void aLayerWithoutAHeadIsRefusedWithTheHeadsThereAre() throws Exception {
    CAS document = InceptionCases.document(TEXT);
    String part = "predicts the feature identifier of the layer " + NAME + "; the model has [upos";
    refused(
        post("predict", InceptionCases.predict(document, NAME, "identifier", "tokens")), 400, part);
    refused(post("train", InceptionCases.train(document, NAME, "identifier")), 400, part);
    assertThatThrownBy(
            () -> InceptionServer.start(Tagger.bundled("en-fast"), Map.of("A:b", "none"), ANY))
        .hasMessageContaining("no head 'none' for A:b; the model has [upos");
  }

  @Test
  void whatIsNotARequestIsRefused() throws Exception {
    refused(post("predict", "{"), 400, "not JSON");
    refused(post("predict", "[]"), 400, "metadata.layer");
    refused(post("other", "{}"), 404, "/predict or /train");
    HttpRequest get =
        HttpRequest.newBuilder(InceptionCases.address(server).resolve("train")).build();
    refused(CLIENT.send(get, BodyHandlers.ofString()), 405, "POST");
    HttpRequest form =
        HttpRequest.newBuilder(InceptionCases.address(server).resolve("predict"))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    refused(CLIENT.send(form, BodyHandlers.ofString()), 415, "application/json");
  }

  @Test
  void brokenAndHostileDocumentsAreRefused(@TempDir Path folder) throws Exception {
    CAS document = InceptionCases.document(TEXT);
    String types = InceptionCases.typeSystem(document);
    String xmi = InceptionCases.xmi(document);
    Path secret = Files.writeString(folder.resolve("secret.xml"), "secret");
    String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";
    refused(ask("<a/>", xmi), 400, "typeSystem is not");
    refused(ask(types, "<a"), 400, "document.xmi is not a CAS");
    refused(
        ask(types, xmi.replaceFirst("<xmi:XMI", entity + "<xmi:XMI")), 400, "document.xmi is not");
    refused(
        ask(types.replaceFirst("<typeSys", entity + "<typeSys"), xmi), 400, "typeSystem is not");
    String imports = "<imports><import location=\"" + secret.toUri() + "\"/></imports><types>";
    refused(ask(types.replaceFirst("<types>", imports), xmi), 400, "imports");
    String without = types.replace("inception_internal_predicted", "other");
    refused(ask(without, xmi), 400, "has no feature inception_internal_predicted");
    refused(ask(types, xmi.replaceFirst("end=\"4\"", "end=\"x\"")), 400, "document.xmi is not");
    // A token outside the text has no form, but is not an error.
    assertThat(ask(types, xmi.replaceFirst("end=\"4\"", "end=\"4444\"")).statusCode())
        .isEqualTo(200);
  }

  private static HttpResponse<String> ask(String types, String xmi) throws Exception {
    return post("predict", InceptionCases.predict(types, xmi, NAME, "value", "tokens"));
  }

  // ---- Options ----------------------------------------------------------------------------------

  @Test
  void refusesNullByName() throws Exception {
    assertThatThrownBy(() -> InceptionServer.start(null, Map.of(), server.address()))
        .hasMessage("the tagger is null");
    Tagger tagger = Tagger.bundled("en-fast");
    assertThatThrownBy(() -> InceptionServer.start(tagger, null, server.address()))
        .hasMessage("the layers are null");
    assertThatThrownBy(() -> InceptionServer.start(tagger, Map.of(), null))
        .hasMessage("the address is null");
  }

  @Test
  void optionsNameModelAddressAndLayers() throws Exception {
    InceptionOptions options =
        InceptionOptions.parse(
            new String[] {
              "-m", "en-fast", "--port", "0", "--address", "0.0.0.0", "--layer", "a.B:c=ner"
            });
    assertThat(options.model()).isEqualTo("en-fast");
    assertThat(options.address()).isEqualTo(new InetSocketAddress("0.0.0.0", 0));
    assertThat(options.layers()).containsExactly(Map.entry("a.B:c", "ner"));
    assertThat(InceptionOptions.parse(new String[0]).address().getAddress().isLoopbackAddress())
        .isTrue();
    assertThatThrownBy(() -> InceptionOptions.parse(new String[] {"--port", "70000"}))
        .hasMessage("--port is '70000', expected 0 to 65535");
    assertThatThrownBy(() -> InceptionOptions.parse(new String[] {"--layer", "ner"}))
        .hasMessage("--layer is 'ner', expected LAYER:FEATURE=HEAD");
    assertThatThrownBy(() -> InceptionOptions.parse(new String[] {"--help"}))
        .hasMessageContaining("'--help' is not an option with a value; expected -m MODEL");
  }
}
