package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.process.Morphology;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.tagger.HeadConfig.Pooling;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.JointTagger;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opennlp.tools.util.XmlUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs and commands of docs/corenlp.md and docs/opennlp.md, verbatim. */
class AdapterDocsTest {
  private static final Tagger TAGGER = JointTagger.get();

  /** The input of the programs from the commands. */
  private static final Sentence SENTENCE =
      Sentence.of("The", "city", "council", "of", "Redmere", "voted", ".");

  @TempDir static Path folder;

  private static Markdown coreNlp;
  private static Markdown openNlp;

  @BeforeAll
  static void read() throws IOException {
    coreNlp = Markdown.read("docs/corenlp.md");
    openNlp = Markdown.read("docs/opennlp.md");
    JointTagger.write(TAGGER.model(), folder.resolve("english.rnn"));
  }

  /** Without the library of the other page. */
  private static List<String> run(Markdown docs, String program) throws Exception {
    Files.writeString(folder.resolve(program + ".java"), docs.block("class " + program));
    String classpath =
        Command.classpath(e -> docs == coreNlp ? !Command.isOpenNlp(e) : !Command.isCoreNlp(e));
    return new Command(docs.line(program + ".java"), classpath, folder).run();
  }

  @Test
  void theProgramForCoreNlpPrintsOurTags() throws Exception {
    TaggedSentence tagged = TAGGER.tag(SENTENCE);
    Morphology morphology = new Morphology();
    List<String> lines = run(coreNlp, "Tags");
    assertThat(lines).hasSize(SENTENCE.size());
    for (int i = 0; i < lines.size(); i++) {
      String ner = tagged.tags("ner").tag(i);
      String[] words = lines.get(i).split(" ");
      assertThat(words[0]).isEqualTo(SENTENCE.form(i));
      assertThat(words[1]).isEqualTo(tagged.tags("xpos").tag(i));
      assertThat(words[2]).isEqualTo(morphology.lemma(words[0], words[1]));
      assertThat(words[3]).isEqualTo(ner.equals("O") ? ner : ner.substring(2));
    }
  }

  @Test
  void theProgramForOpenNlpPrintsOurTags() throws Exception {
    TaggedSentence tagged = TAGGER.tag(SENTENCE);
    List<String> expected = new ArrayList<>();
    expected.add(String.join(" ", tagged.tags("upos").tags()));
    for (Mention mention : TagScheme.IOB2.mentions(tagged.tags("ner").tags())) {
      expected.add(
          mention.type()
              + ": "
              + String.join(
                  " ", SENTENCE.forms().subList(mention.span().begin(), mention.span().end())));
    }
    assertThat(run(openNlp, "Names")).isEqualTo(expected);
  }

  @Test
  void theProgramForTextsPrintsOurTokensAndTags() throws Exception {
    List<String> lines = run(openNlp, "Words");
    List<String> expected = new ArrayList<>();
    for (Sentence sentence :
        List.of(
            Sentence.of("The", "council", "of", "Redmere", "voted", "."),
            Sentence.of("It", "took", "an", "hour", "."))) {
      TagSequence tags = TAGGER.tag(sentence).tags("upos");
      for (int i = 0; i < sentence.size(); i++) {
        expected.add(sentence.form(i) + " " + tags.tag(i));
      }
    }
    assertThat(lines).isEqualTo(expected);
  }

  /** The same sentences and tokens as in a program, and CoreNLP's own lemmas for them. */
  @Test
  void theWholePipelineMayBeOurs() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(coreNlp.block("customAnnotatorClass.rnntok = ")));
    String text = "She doesn't read books. He does.";
    CoreDocument document = new CoreDocument(text);
    new StanfordCoreNLP(properties).annotate(document);
    List<String> expected = new ArrayList<>();
    for (TaggedSentence sentence : Annotator.bundled("en").annotate(text).sentences()) {
      for (int i = 0; i < sentence.size(); i++) {
        expected.add(sentence.sentence().form(i) + " " + sentence.tags("upos").tag(i));
      }
    }
    assertThat(document.tokens())
        .extracting(t -> t.word() + " " + t.get(CoreAnnotations.CoarseTagAnnotation.class))
        .isEqualTo(expected)
        .contains("n't PART");
    assertThat(document.tokens()).extracting(CoreLabel::lemma).contains("read", "book");
    assertThat(document.sentences()).hasSize(2);
  }

  @Test
  void theProgramForCategoriesPrintsOurLabel() throws Exception {
    TaggerModel model = TinyTexts.untrained(TinyTexts.config(Pooling.LAST, true), 4);
    JointTagger.write(model, folder.resolve("messages.rnn"));
    Label label =
        new Tagger(model).tag(Sentence.of("You", "have", "won", "a", "tablet")).label("label");
    assertThat(run(openNlp, "Category"))
        .singleElement()
        .asString()
        .startsWith(label.name() + " ham[0.")
        .contains(String.format(Locale.ROOT, "%s[%.4f]", label.name(), label.probability()));
  }

  @Test
  void theServerAnswersAsItsCommandSays() throws Exception {
    Files.writeString(
        folder.resolve("server.properties"), coreNlp.block("rnn.model = english.rnn"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String start = coreNlp.line("StanfordCoreNLPServer").replace("9000", "" + port);
    Path log = folder.resolve("server.log");
    start += " -server_id test" + port;
    Process server = new Command(start, Command.classpath(e -> true), folder).start(log);
    try {
      String conllu = ask(server, log, coreNlp.line("curl ").replace("9000", "" + port));
      List<String> tags = TAGGER.tag(SENTENCE).tags("xpos").tags();
      assertThat(conllu.lines().filter(line -> !line.isBlank()).map(line -> line.split("\t")[4]))
          .isEqualTo(tags);
      assertThat(Files.readString(log)).doesNotContain("Could not pre-load");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Does what {@code curl} would do, once the server is up. */
  private static String ask(Process server, Path log, String curl) throws Exception {
    Matcher words =
        Pattern.compile("curl -H 'Content-Type: ([^']+)' -d '([^']+)' '([^']+)'").matcher(curl);
    assertThat(words.matches()).as(curl).isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(words.group(3)))
            .header("Content-Type", words.group(1))
            .POST(HttpRequest.BodyPublishers.ofString(words.group(2)))
            .build();
    while (true) {
      try {
        HttpResponse<String> response =
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
      } catch (IOException notYet) {
        assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
        Thread.sleep(100);
      }
    }
  }

  @Test
  void twoPropertiesMakeAPipeline() throws IOException {
    for (String file : List.of("docs/corenlp.md", "README.md")) {
      Properties properties = new Properties();
      properties.load(new StringReader(Markdown.read(file).block("annotators = tokenize, rnn\n")));
      assertThat(properties).containsOnlyKeys("annotators", "customAnnotatorClass.rnn");
      CoreDocument document = new CoreDocument("She reads books.");
      new StanfordCoreNLP(properties).annotate(document);
      assertThat(document.tokens())
          .extracting(token -> token.get(CoreAnnotations.CoarseTagAnnotation.class))
          .containsExactly("PRON", "VERB", "NOUN", "PUNCT");
    }
  }

  /** The Maven file in the documentation leaves out what ours leaves out, and that is enough. */
  @Test
  void openNlpReadsXmlAlongsideCoreNlp() throws IOException {
    String exclusion = "<artifactId>xercesImpl</artifactId>";
    assertThat(coreNlp.block("<artifactId>stanford-corenlp</artifactId>")).contains(exclusion);
    assertThat(Files.readString(Path.of("pom.xml"))).contains(exclusion);
    assertThat(getClass().getResource("/nu/xom/Builder.class")).isNotNull();
    assertThat(XmlUtil.createDocumentBuilder()).isNotNull();
    assertThat(XmlUtil.createSaxParser()).isNotNull();
  }

  @Test
  void theNamesOfJavasParserAreRight() throws Exception {
    Files.writeString(
        folder.resolve("Parsers.java"),
        """
        class Parsers {
          public static void main(String[] args) {
            System.out.println(javax.xml.parsers.DocumentBuilderFactory.newInstance().getClass());
            System.out.println(javax.xml.parsers.SAXParserFactory.newInstance().getClass());
          }
        }
        """);
    String command = openNlp.line("-Djavax.xml.parsers").replace("...", "-cp \"$CP\" Parsers.java");
    assertThat(new Command(command, Command.classpath(e -> true), folder).run())
        .hasSize(2)
        .allMatch(line -> line.startsWith("class com.sun.org.apache.xerces.internal.jaxp."));
  }

  @Test
  void versionsAreThoseOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(coreNlp.block("<artifactId>stanford-corenlp</artifactId>"));
    for (String artifact : List.of("the adapter", "its model")) {
      assertThat(version.find()).as(artifact).isTrue();
      assertThat(pom).contains("<version>" + version.group(1) + "</version>");
    }
    assertThat(version.find()).isTrue();
    assertThat(pom).contains("<corenlp.version>" + version.group(1) + "</corenlp.version>");
  }
}
