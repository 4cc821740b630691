package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.plain;
import static io.github.rnnotator.corenlp.Pipelines.sentences;
import static io.github.rnnotator.corenlp.Pipelines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLPClient;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.JointTagger;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** CoreNLP's own server and clients with our annotator inside. */
@Isolated("sets a system property")
class ServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> AS_JSON = Map.of("outputFormat", "json");

  @TempDir static Path folder;

  private static Path allowed;
  private static Path outside;
  private static String english;
  private static LoopbackServer server;

  @BeforeAll
  static void start() throws IOException {
    english = Files.readString(Path.of("corpora/sample/en.txt"));
    allowed = Files.createDirectories(folder.resolve("allowed"));
    outside = JointTagger.write(folder);
    Path model = JointTagger.write(folder.resolve("allowed"));
    Path properties = folder.resolve("server.properties");
    Files.writeString(
        properties,
        """
        annotators = tokenize,rnn,entitymentions
        customAnnotatorClass.rnn = io.github.rnnotator.corenlp.RnnotatorAnnotator
        rnn.model = %s
        rnn.modelDir = %s
        """
            .formatted(model, allowed));
    server = LoopbackServer.start(properties);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String answer(String text, Map<String, String> properties) throws Exception {
    HttpResponse<String> response = server.ask(text, properties);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  // ---- Outputs ----------------------------------------------------------------------------------

  /** Checks offsets and returns the sentences in JSON. */
  private static JsonNode json(String text) throws Exception {
    JsonNode sentences = JSON.readTree(answer(text, AS_JSON)).get("sentences");
    for (JsonNode sentence : sentences) {
      for (JsonNode token : sentence.get("tokens")) {
        assertThat(
                text.substring(
                    token.get("characterOffsetBegin").asInt(),
                    token.get("characterOffsetEnd").asInt()))
            .isEqualTo(token.get("originalText").asText());
      }
    }
    return sentences;
  }

  private static Sentence sentence(JsonNode sentence) {
    List<String> forms = new ArrayList<>();
    sentence.get("tokens").forEach(token -> forms.add(token.get("word").asText()));
    return Sentence.of(forms);
  }

  /** Tags and mentions in JSON equal the library's for the same tokens. */
  private static int assertThatTheLibraryGives(JsonNode sentences) {
    List<Sentence> plain = new ArrayList<>();
    sentences.forEach(sentence -> plain.add(sentence(sentence)));
    List<TaggedSentence> expected = JointTagger.get().tag(plain);
    int count = 0;
    for (int s = 0; s < expected.size(); s++) {
      List<String> pos = new ArrayList<>();
      sentences.get(s).get("tokens").forEach(token -> pos.add(token.get("pos").asText()));
      assertThat(pos).isEqualTo(expected.get(s).tags("xpos").tags());
      List<String> mentions = new ArrayList<>();
      for (JsonNode mention : sentences.get(s).get("entitymentions")) {
        // CoreNLP adds pronouns of its own.
        if (!mention.get("ner").asText().equals("PERSON")) {
          int from = sentences.get(s).get("tokens").get(0).get("index").asInt() - 1;
          assertThat(from).isZero();
          mentions.add(
              mention.get("tokenBegin")
                  + "-"
                  + mention.get("tokenEnd")
                  + " "
                  + mention.get("ner").asText());
        }
      }
      assertThat(mentions)
          .isEqualTo(
              TagScheme.IOB2.mentions(expected.get(s).tags("ner").tags()).stream()
                  .map(m -> m.span().begin() + "-" + m.span().end() + " " + m.type())
                  .toList());
      count += mentions.size();
    }
    return count;
  }

  @Test
  void jsonHoldsOurTagsAndMentions() throws Exception {
    assertThat(assertThatTheLibraryGives(json(english))).isGreaterThan(5);
  }

  @Test
  void conlluHoldsOurTagsAndMentions() throws Exception {
    String conllu = answer(english, Map.of("outputFormat", "conllu"));
    List<TaggedSentence> read =
        new CorpusFormat.Conllu(Map.of("xpos", "xpos", "upos", "upos", "ner", "misc:NER"))
                .read(new ByteArrayInputStream(conllu.getBytes(StandardCharsets.UTF_8)), "answer")
                .stream()
                .toList();
    assertThat(read).hasSizeGreaterThan(40);
    for (TaggedSentence sentence : read) {
      TaggedSentence expected = JointTagger.get().tag(sentence.sentence());
      for (String head : List.of("xpos", "upos", "ner")) {
        assertThat(sentence.tags(head).tags()).isEqualTo(expected.tags(head).tags());
      }
    }
    assertThat(conllu).contains("NER=B-LOC");
  }

  /** It needs the parser, which our build lacks. */
  @Test
  void xmlIsWrittenToo() throws Exception {
    assertThat(answer("Redmere is a town.", Map.of("outputFormat", "xml")))
        .contains("<word>Redmere</word>")
        .contains("<POS>");
  }

  @Test
  void longEmptyAndOddTextsHaveRightOffsets() throws Exception {
    String text = (english + "\n\n").repeat(40).substring(0, 100_000);
    assertThat(assertThatTheLibraryGives(json(text))).isGreaterThan(100);
    assertThat(json("")).isEmpty();
    assertThat(json(" \n ")).isEmpty();
    JsonNode odd =
        json("👩‍👩‍👧 met Zoe\u0308 in Redmere 😀. 𝒜da — naïve — came.\n\nशहर, שלום, 東京 🇰🇷!");
    assertThat(odd).hasSizeGreaterThan(1);
    assertThatTheLibraryGives(odd);
  }

  // ---- Clients ----------------------------------------------------------------------------------

  @Test
  void twoThousandRequestsOfEightClientsGetTheLibrarysAnswers() throws Exception {
    List<String> texts =
        JointTagger.SAMPLE.subList(0, 50).stream()
            .map(sentence -> String.join(" ", sentence.sentence().forms()))
            .toList();
    List<String> expected = new ArrayList<>();
    for (String text : texts) {
      assertThatTheLibraryGives(json(text));
      expected.add(answer(text, AS_JSON));
    }
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> requests = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        String text = texts.get(i % texts.size());
        requests.add(() -> answer(text, AS_JSON));
      }
      List<Future<String>> answers = clients.invokeAll(requests);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(expected.get(i % texts.size()));
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void coreNlpsOwnClientGetsOurTags() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,rnn,entitymentions");
    StanfordCoreNLPClient client =
        new StanfordCoreNLPClient(properties, "http://localhost", server.port(), 2);
    Annotation document = new Annotation(english);
    client.annotate(document);
    List<TaggedSentence> expected = JointTagger.get().tag(plain(document));
    assertThat(expected).hasSizeGreaterThan(40);
    for (int s = 0; s < expected.size(); s++) {
      CoreMap sentence = sentences(document).get(s);
      assertThat(tokens(sentence).stream().map(CoreLabel::tag).toList())
          .isEqualTo(expected.get(s).tags("xpos").tags());
      assertThat(
              tokens(sentence).stream()
                  .map(token -> token.get(CoreAnnotations.CoarseTagAnnotation.class))
                  .toList())
          .isEqualTo(expected.get(s).tags("upos").tags());
      assertThat(tokens(sentence).stream().map(CoreLabel::ner).toList())
          .isEqualTo(
              expected.get(s).tags("ner").tags().stream()
                  .map(tag -> tag.equals("O") ? tag : tag.substring(2))
                  .toList());
    }
    client.shutdown();
  }

  // ---- Models requested by a client -------------------------------------------------------------

  @Test
  void aClientMayNameAModelInAnAllowedFolder() throws Exception {
    Path other = allowed.resolve("other.rnn");
    Files.copy(outside, other);
    assertThat(answer("It works.", Map.of("rnn.model", other.toString(), "rnn.types", "A=B")))
        .contains("\"pos\"");
  }

  @Test
  void aClientMayNameNoOtherModel() throws Exception {
    Path link = Files.createSymbolicLink(allowed.resolve("link.rnn"), outside);
    Path linkedFolder = Files.createSymbolicLink(allowed.resolve("linked"), folder);
    for (String model :
        List.of(
            outside.toString(),
            allowed + "/../" + outside.getFileName(),
            allowed + "x/joint.rnn",
            link.toString(),
            linkedFolder + "/" + outside.getFileName(),
            "corpora/sample/en.txt",
            "/nowhere/at/all",
            "\\u0000")) {
      refused(Map.of("rnn.model", model));
      refused(Map.of("rnn.model", model, "rnn.modelDir", folder.toString()));
      refused(Map.of("rnn.model", model, "enforceRequirements", "false"));
      refused(
          Map.of(
              "annotators",
              "tokenize,mine",
              "customAnnotatorClass.mine",
              RnnotatorAnnotator.class.getName(),
              "mine.modelDir",
              folder.toString(),
              "mine.model",
              model));
    }
    HttpResponse<String> reset =
        server.send(
            "It fails.",
            "?resetDefault=true&annotators=tokenize,rnn&customAnnotatorClass.rnn="
                + RnnotatorAnnotator.class.getName()
                + "&rnn.model="
                + outside);
    assertThat(reset.body()).contains("rnn.model is in no folder that rnn.modelDir allows");
    // And the server keeps running.
    assertThat(answer("It works.", AS_JSON)).contains("\"pos\"");
  }

  @Test
  void aSystemPropertyComesBeforeTheServersFile() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path other = Files.copy(outside, elsewhere.resolve("other.rnn"));
    Path inAllowed = Files.copy(outside, allowed.resolve("second.rnn"));
    System.setProperty("rnn.modelDir", folder.resolve("nothing") + File.pathSeparator + elsewhere);
    try {
      assertThat(answer("It works.", Map.of("rnn.model", other.toString()))).contains("\"pos\"");
      refused(Map.of("rnn.model", inAllowed.toString()));
    } finally {
      System.clearProperty("rnn.modelDir");
    }
  }

  private static void refused(Map<String, String> properties) throws Exception {
    HttpResponse<String> response = server.ask("It fails.", properties);
    assertThat(response.statusCode()).as(properties.toString()).isEqualTo(500);
    assertThat(response.body())
        .matches(
            "(?s).*(rnn|mine)\\.model is in no folder that (rnn|mine)\\.modelDir allows\\. On a"
                + " server its owner names them.*")
        .doesNotContain(folder.toString());
  }
}
