package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Section;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** brat, WebAnno TSV, HTML and JSONL round-trip, in any number of parts. */
class OutputFormatTest {
  private static final List<String> HEADS = List.of("upos", "ner");
  private static final Map<String, TagScheme> SCHEMES = Map.of("ner", TagScheme.IOB2);
  private static final Map<String, List<String>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("upos", List.of("NOUN", "PRP$", ".", "``", "태그", "<b>"));
    KINDS.put("ner", List.of("PER", "A_b|*"));
  }

  /** A word, the text before it, its tag, and the entity that it belongs to. */
  private record Word(String form, String before, String upos, int entity) {}

  /** An annotation: offsets, type, text. */
  private record Found(String head, String type, long begin, long end) {}

  @Provide
  Arbitrary<List<Document>> documents() {
    Arbitrary<String> forms =
        Arbitraries.of(
                "a",
                "Bo",
                "😀",
                "👩‍🚀",
                "e\u0301",
                "\u1112\u1161\u11ab",
                "김",
                "<b>",
                "&amp;",
                "\"",
                "\\n",
                "[1]",
                "_",
                "->",
                "|;*",
                "\\",
                "]")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(pieces -> String.join("", pieces));
    Arbitrary<String> gaps =
        Arbitraries.of(" ", "", "\t", "\r\n", "\n", "\u00a0", "\ufeff", "  ", "\u3000", "\f");
    Arbitrary<String> tags =
        Arbitraries.of("NOUN", "PRP$", ".", "``", "태그", "_", "*", "_u0041", "a-b");
    Arbitrary<Word> word =
        Combinators.combine(forms, gaps, tags, Arbitraries.integers().between(0, 3)).as(Word::new);
    Arbitrary<List<List<Word>>> document =
        word.list().ofMinSize(1).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(3);
    return document.list().ofMinSize(1).ofMaxSize(4).map(OutputFormatTest::passages);
  }

  private static List<Document> passages(List<List<List<Word>>> documents) {
    List<Document> passages = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      StringBuilder text = new StringBuilder();
      List<TaggedSentence> sentences = new ArrayList<>();
      for (List<Word> words : documents.get(i)) {
        List<Token> tokens = new ArrayList<>();
        List<Mention> mentions = new ArrayList<>();
        int begin = -1;
        for (int w = 0; w < words.size(); w++) {
          Word word = words.get(w);
          text.append(word.before());
          tokens.add(new Token(word.form(), text.length(), text.length() + word.form().length()));
          text.append(word.form());
          begin = word.entity() > 0 && begin < 0 ? w : begin;
          boolean ends = w + 1 == words.size() || words.get(w + 1).entity() < 2;
          if (begin >= 0 && ends) {
            mentions.add(new Mention(new Span(begin, w + 1), w % 2 == 0 ? "PER" : "A_b|*"));
            begin = -1;
          }
        }
        Map<String, TagSequence> tags = new LinkedHashMap<>();
        tags.put("upos", TagSequence.of(words.stream().map(Word::upos).toList()));
        tags.put("ner", TagSequence.of(TagScheme.IOB2.tags(words.size(), mentions)));
        sentences.add(new TaggedSentence(new Sentence(tokens), tags));
        text.append(' ');
      }
      passages.add(new Document("d" + i, text.toString(), sentences, Section.inFile("f")));
    }
    return passages;
  }

  /** Writes the passages with a new writer for each. */
  private static List<String> write(OutputFormat format, List<Document> passages)
      throws IOException {
    List<ByteArrayOutputStream> whole = new ArrayList<>();
    List<ByteArrayOutputStream> parts = new ArrayList<>();
    for (int i = 0; i < format.extensions().size(); i++) {
      whole.add(new ByteArrayOutputStream());
      parts.add(new ByteArrayOutputStream());
    }
    OutputFormat.Writer one = format.writer(List.<OutputStream>copyOf(whole), Counts.ZERO);
    one.begin();
    Counts before = Counts.ZERO;
    for (int i = 0; i < passages.size(); i++) {
      assertThat(one.write(passages.get(i))).isEmpty();
      OutputFormat.Writer next = format.writer(List.<OutputStream>copyOf(parts), before);
      if (i == 0) {
        next.begin();
      }
      next.write(passages.get(i));
      if (i == passages.size() - 1) {
        next.end();
      }
      next.flush();
      before = before.plus(format.count(passages.get(i)));
    }
    one.end();
    one.flush();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      texts.add(whole.get(i).toString(StandardCharsets.UTF_8));
      assertThat(parts.get(i).toString(StandardCharsets.UTF_8))
          .as("written in parts")
          .isEqualTo(texts.get(i));
    }
    return texts;
  }

  /** The expected annotations, with offsets in the documents joined by line ends. */
  private static List<Found> expected(List<Document> passages) {
    List<Found> found = new ArrayList<>();
    long base = 0;
    for (Document passage : passages) {
      for (TaggedSentence sentence : passage.sentences()) {
        List<Token> tokens = sentence.sentence().tokens();
        for (int i = 0; i < tokens.size(); i++) {
          found.add(
              new Found(
                  "upos",
                  sentence.tags("upos").tag(i),
                  base + tokens.get(i).begin(),
                  base + tokens.get(i).end()));
        }
        for (Mention mention : TagScheme.IOB2.mentions(sentence.tags("ner").tags())) {
          found.add(
              new Found(
                  "ner",
                  mention.type(),
                  base + tokens.get(mention.span().begin()).begin(),
                  base + tokens.get(mention.span().end() - 1).end()));
        }
      }
      base += passage.text().length() + 1;
    }
    return found;
  }

  private static String joined(List<Document> passages) {
    StringBuilder text = new StringBuilder();
    passages.forEach(passage -> text.append(passage.text()).append('\n'));
    return text.toString();
  }

  @Property(tries = 200)
  void bratIsReadBack(@ForAll("documents") List<Document> passages) throws IOException {
    List<String> files = write(OutputFormat.brat(HEADS, SCHEMES), passages);
    String text = files.get(1);
    assertThat(text).isEqualTo(joined(passages));
    int[] codePoints = text.codePoints().toArray();
    List<Found> found = new ArrayList<>();
    int number = 0;
    for (String line : files.get(0).split("\n")) {
      String[] cells = line.split("\t", 3);
      assertThat(cells[0]).isEqualTo("T" + ++number);
      assertThat(cells[1]).matches("[A-Za-z0-9_-]+ \\d+ \\d+(;\\d+ \\d+)*");
      String[] places = cells[1].substring(cells[1].indexOf(' ') + 1).split("[ ;]");
      StringBuilder shown = new StringBuilder();
      for (int i = 0; i < places.length; i += 2) {
        int begin = Integer.parseInt(places[i]);
        int end = Integer.parseInt(places[i + 1]);
        shown.append(i == 0 ? "" : " ").append(new String(codePoints, begin, end - begin));
      }
      assertThat(cells[2]).isEqualTo(shown.toString().replace('\t', ' '));
      String type = cells[1].substring(0, cells[1].indexOf(' '));
      int hyphen = type.indexOf('-');
      found.add(
          new Found(
              type.substring(0, hyphen),
              unescaped(type.substring(hyphen + 1)),
              units(codePoints, places[0]),
              units(codePoints, places[places.length - 1])));
    }
    assertThat(found).isEqualTo(expected(passages));
  }

  private static long units(int[] codePoints, String place) {
    return new String(codePoints, 0, Integer.parseInt(place)).length();
  }

  private static String unescaped(String type) {
    Matcher escape = Pattern.compile("_u([0-9A-F]{4})").matcher(type);
    return escape.replaceAll(
        m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
  }

  @Property(tries = 200)
  void webAnnoIsReadBack(@ForAll("documents") List<Document> passages) throws IOException {
    String file = write(OutputFormat.webAnno(HEADS, SCHEMES), passages).get(0);
    String[] blocks = file.split("\n\n");
    assertThat(blocks[0])
        .isEqualTo(
            "#FORMAT=WebAnno TSV 3.3\n"
                + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|coarseValue\n"
                + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value");
    String text = joined(passages);
    List<Found> found = new ArrayList<>();
    for (int b = 1; b < blocks.length; b++) {
      List<Found> entities = new ArrayList<>();
      String[] lines = blocks[b].replaceFirst("^\n", "").split("\n");
      String open = "";
      for (int i = 1; i < lines.length; i++) {
        String[] cells = lines[i].split("\t", -1);
        assertThat(cells).hasSize(6);
        assertThat(cells[0]).isEqualTo(b + "-" + i);
        String[] place = cells[1].split("-");
        int begin = Integer.parseInt(place[0]);
        int end = Integer.parseInt(place[1]);
        assertThat(text.substring(begin, end)).isEqualTo(unescapedTsv(cells[2]));
        if (i == 1) {
          String sentence = unescapedTsv(lines[0].substring("#Text=".length()));
          assertThat(text).startsWith(text.substring(0, begin) + sentence);
        }
        found.add(new Found("upos", unescapedTsv(cells[3]), begin, end));
        if (!cells[4].equals("_")) {
          boolean several = cells[4].matches("(?s).*(?<!\\\\)\\[\\d+\\]");
          String value = several ? cells[4].substring(0, cells[4].lastIndexOf('[')) : cells[4];
          if (several && cells[4].equals(open)) {
            Found last = entities.remove(entities.size() - 1);
            entities.add(new Found("ner", last.type(), last.begin(), end));
          } else {
            entities.add(new Found("ner", unescapedTsv(value), begin, end));
          }
          open = several ? cells[4] : "";
        } else {
          open = "";
        }
      }
      found.addAll(entities);
    }
    assertThat(found).isEqualTo(expected(passages));
  }

  private static String unescapedTsv(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        char next = text.charAt(++i);
        plain.append(
            switch (next) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 'f' -> '\f';
              case 'b' -> '\b';
              default -> next;
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  @Property(tries = 200)
  void htmlIsReadBack(@ForAll("documents") List<Document> passages) throws Exception {
    String file = write(OutputFormat.html(KINDS, SCHEMES), passages).get(0);
    Element body = element(file, "main");
    // Form feeds are the only characters here that HTML does not allow.
    assertThat(body.getTextContent().stripTrailing())
        .isEqualTo(joined(passages).replace('\f', '\ufffd').stripTrailing());
    List<Found> found = new ArrayList<>();
    collect(body, new StringBuilder(), found);
    List<Found> expected = expected(passages);
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Element element(String html, String name) throws Exception {
    return (Element)
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName(name)
            .item(0);
  }

  @Example
  void htmlShowsProbabilitiesOnFocusAndHasLegend() throws Exception {
    Sentence sentence =
        new Sentence(
            List.of(new Token("New", 0, 3), new Token("York", 4, 8), new Token("!", 8, 9)));
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("upos", new TagSequence(List.of("NOUN", "``", "."), List.of(0.5f, 0.126f, 1f)));
    tags.put("ner", new TagSequence(List.of("B-PER", "I-PER", "O"), List.of(0.9f, 0.8f, 0.7f)));
    Document passage = Document.of("New York!", List.of(new TaggedSentence(sentence, tags)));
    String file = write(OutputFormat.html(KINDS, SCHEMES), List.of(passage)).get(0);
    assertThat(file)
        .contains(
            "<mark class=\"m0\" data-type=\"PER\"><span class=\"t0\" tabindex=\"0\" data-upos=\"NOUN\""
                + " data-upos-probability=\"0.50\" data-ner=\"B-PER\" data-ner-probability=\"0.90\">New</span> "
                + "<span class=\"t3\" tabindex=\"0\" data-upos=\"``\" data-upos-probability=\"0.13\"")
        .contains(
            "<span class=\"t2\" tabindex=\"0\" data-upos=\".\" data-upos-probability=\"1.00\">!</span>")
        .doesNotContain("<script")
        .doesNotContain("http:")
        .doesNotContain("https:");
    assertThat(element(file, "header").getTextContent().split("\\s+"))
        .containsExactly(
            "Tagged", "text", "ner", "PER", "A_b|*", "upos", "NOUN", "PRP$", ".", "``", "태그", "<b>",
            "upos", "below", "the", "words");
    assertThat(element(file, "style").getTextContent())
        .contains(
            "main mark span[tabindex]:is(:hover,:focus)::before{content:\"ner  \" attr(data-ner)")
        .contains("body:not(:has(main .t5)) .key .t5{display:none}")
        .contains("prefers-color-scheme: dark");
  }

  @Example
  void tagsAndHeadsAreEscapedInHtml() throws Exception {
    String evil = "</style><script>alert(1)</script>\"}*{x:url(//e)}";
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("a" + evil, List.of(evil, "\ud83d", "\u0001"));
    kinds.put("b" + evil, List.of(evil));
    Map<String, TagScheme> schemes = Map.of("b" + evil, TagScheme.IOB2);
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("a" + evil, TagSequence.of(evil));
    tags.put("b" + evil, TagSequence.of("B-" + evil));
    Sentence sentence = new Sentence(List.of(new Token(evil, 0, evil.length())));
    Document passage = Document.of(evil, List.of(new TaggedSentence(sentence, tags)));
    String file = write(OutputFormat.html(kinds, schemes), List.of(passage)).get(0);
    assertThat(file).doesNotContain("<script");
    assertThat(element(file, "main").getTextContent()).isEqualTo(evil);
    Element mark = element(file, "mark");
    assertThat(mark.getTextContent()).as("of the legend").isEqualTo(evil);
    String css = file.substring(file.indexOf("<style>") + 7, file.indexOf("</style>"));
    assertThat(css).doesNotContain("<").doesNotContain("alert(").doesNotContain("url(");
  }

  /**
   * Names that differ only in characters that attributes don't allow, with any scheme and
   * probabilities.
   */
  @Property(tries = 200)
  void everyHeadHasUniqueAttribute(@ForAll("heads") List<String> heads) throws Exception {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    for (String head : heads) {
      kinds.put(head, List.of("tag of " + head));
      tags.put(head, new TagSequence(List.of("tag of " + head), List.of(0.5f)));
    }
    Sentence sentence = new Sentence(List.of(new Token("a", 0, 1)));
    Document passage = Document.of("a", List.of(new TaggedSentence(sentence, tags)));
    String file = write(OutputFormat.html(kinds, Map.of()), List.of(passage)).get(0);
    Element token = (Element) element(file, "main").getFirstChild().getFirstChild();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < token.getAttributes().getLength(); i++) {
      Node attribute = token.getAttributes().item(i);
      if (attribute.getNodeName().matches("data-.*")
          && attribute.getNodeValue().startsWith("tag")) {
        found.add(attribute.getNodeValue());
        assertThat(token.getAttribute(attribute.getNodeName() + "-probability")).isEqualTo("0.50");
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(heads.stream().map(head -> "tag of " + head).toList());
    String webAnno = write(OutputFormat.webAnno(heads, Map.of()), List.of(passage)).get(0);
    assertThat(webAnno.lines().filter(line -> line.startsWith("#T_SP=")).distinct())
        .hasSize(heads.size());
  }

  @Provide
  Arbitrary<List<String>> heads() {
    return Arbitraries.of(
            "n.a",
            "n_a",
            "N.A",
            "n a",
            "n\"a",
            "n_a-2",
            "n_a-probability",
            "n.a-probability",
            "1x",
            "é",
            "태그",
            "형태",
            "-",
            "_",
            "<",
            "n_a_2")
        .set()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(List::copyOf);
  }

  private static void collect(Node node, StringBuilder text, List<Found> found) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        int begin = text.length();
        collect(child, text, found);
        if (element.hasAttribute("data-upos")) {
          found.add(new Found("upos", element.getAttribute("data-upos"), begin, text.length()));
        } else if (element.hasAttribute("data-type")) {
          found.add(new Found("ner", element.getAttribute("data-type"), begin, text.length()));
        }
      } else {
        text.append(child.getNodeValue());
      }
    }
  }

  @Property(tries = 200)
  void jsonlIsReadBackWithBothKindsOfOffsets(@ForAll("documents") List<Document> passages)
      throws IOException {
    String file = write(OutputFormat.jsonl(SCHEMES), passages).get(0);
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs/sentence.schema.json")));
    String[] lines = file.split("\n");
    int next = 0;
    for (Document passage : passages) {
      int[] codePoints = passage.text().codePoints().toArray();
      for (TaggedSentence sentence : passage.sentences()) {
        JsonNode json = new ObjectMapper().readTree(lines[next++]);
        assertThat(schema.validate(json)).isEmpty();
        assertThat(json.get("document").asText()).isEqualTo(passage.id());
        List<Token> tokens = new ArrayList<>();
        for (JsonNode token : json.get("tokens")) {
          Token read =
              new Token(
                  token.get("form").asText(), token.get("begin").asInt(), token.get("end").asInt());
          int begin = token.get("beginCodePoint").asInt();
          int end = token.get("endCodePoint").asInt();
          assertThat(new String(codePoints, begin, end - begin)).isEqualTo(read.form());
          assertThat(passage.text().substring(read.begin(), read.end())).isEqualTo(read.form());
          tokens.add(read);
        }
        assertThat(tokens).isEqualTo(sentence.sentence().tokens());
        List<Mention> mentions = new ArrayList<>();
        for (JsonNode mention : json.get("mentions").get("ner")) {
          mentions.add(
              new Mention(
                  new Span(mention.get("firstToken").asInt(), mention.get("endToken").asInt()),
                  mention.get("type").asText()));
          assertThat(passage.text().offsetByCodePoints(0, mention.get("beginCodePoint").asInt()))
              .isEqualTo(mention.get("begin").asInt());
          assertThat(passage.text().offsetByCodePoints(0, mention.get("endCodePoint").asInt()))
              .isEqualTo(mention.get("end").asInt());
        }
        assertThat(mentions).isEqualTo(TagScheme.IOB2.mentions(sentence.tags("ner").tags()));
      }
    }
    assertThat(lines).hasSize(next);
  }

  @Example
  void unpairedSurrogateIsRefusedAndTheRestIsWritten() throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (String form : List.of("a", "\ud83d", "b")) {
      int at = sentences.size() * 2;
      Sentence one = new Sentence(List.of(new Token(form, at, at + 1)));
      sentences.add(
          new TaggedSentence(
              one, Map.of("upos", TagSequence.of("X"), "ner", TagSequence.of("B-PER"))));
    }
    Document passage = Document.of("a \ud83d b", sentences);
    for (OutputFormat format :
        List.of(
            OutputFormat.brat(HEADS, SCHEMES),
            OutputFormat.webAnno(HEADS, SCHEMES),
            OutputFormat.html(KINDS, SCHEMES),
            OutputFormat.jsonl(SCHEMES))) {
      List<OutputStream> streams = new ArrayList<>();
      format.extensions().forEach(extension -> streams.add(new ByteArrayOutputStream()));
      OutputFormat.Writer writer = format.writer(streams, Counts.ZERO);
      assertThat(writer.write(passage)).as("%s", format.extensions()).hasSize(1);
      writer.flush();
      assertThat(streams.get(0).toString()).contains("a").contains("b");
    }
  }
}
