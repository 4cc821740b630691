package io.github.rnnotator.render;

import static io.github.rnnotator.formats.WrittenDocuments.KINDS;
import static io.github.rnnotator.formats.WrittenDocuments.SCHEMES;
import static io.github.rnnotator.formats.WrittenDocuments.expected;
import static io.github.rnnotator.formats.WrittenDocuments.joined;
import static io.github.rnnotator.formats.WrittenDocuments.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.formats.WrittenDocuments;
import io.github.rnnotator.formats.WrittenDocuments.Found;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** HTML is read back, escaped and complete. */
class HtmlFormatTest {
  @Provide
  Arbitrary<List<Document>> documents() {
    return WrittenDocuments.all();
  }

  @Property(tries = 200)
  void htmlIsReadBack(@ForAll("documents") List<Document> passages) throws Exception {
    String file = write(new HtmlFormat(KINDS, SCHEMES), passages).get(0);
    Element body = element(file, "main");
    // Form feeds are the only characters here that HTML does not allow.
    assertThat(body.getTextContent().stripTrailing())
        .isEqualTo(joined(passages).replace('\f', '\ufffd').stripTrailing());
    List<Found> found = new ArrayList<>();
    collect(body, new StringBuilder(), new int[1], found);
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
    String file = write(new HtmlFormat(KINDS, SCHEMES), List.of(passage)).get(0);
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
    String file = write(new HtmlFormat(kinds, schemes), List.of(passage)).get(0);
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
    String file = write(new HtmlFormat(kinds, Map.of()), List.of(passage)).get(0);
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

  /**
   * Collects tags and mentions by the characters that they cover.
   *
   * @param written begin and end of the last multiword token; its hidden words cover it
   */
  private static void collect(Node node, StringBuilder text, int[] written, List<Found> found) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        boolean hidden = isHidden(element) || isHidden(element.getFirstChild());
        int begin = hidden ? written[0] : text.length();
        collect(child, text, written, found);
        if (element.getAttribute("class").equals("w")) {
          written[0] = begin;
        } else if (element.hasAttribute("data-upos")) {
          found.add(new Found("upos", element.getAttribute("data-upos"), begin, text.length()));
        } else if (element.hasAttribute("data-type")) {
          found.add(new Found("ner", element.getAttribute("data-type"), begin, text.length()));
        }
      } else {
        text.append(child.getNodeValue());
      }
    }
  }

  /** Whether this is a word that is not in the text. */
  private static boolean isHidden(Node node) {
    return node instanceof Element word
        && word.hasAttribute("data-upos")
        && word.getFirstChild() instanceof Element form
        && form.hasAttribute("data-word");
  }

  @Example
  void wordsThatAreNotInTheTextFollowTheirToken() throws IOException {
    Sentence sentence =
        new Sentence(
            List.of(
                new Token("I", 0, 1),
                new Token("do", 2, 4),
                new Token("n't", 4, 7),
                new Token("de", 8, 10),
                new Token("a", 8, 10)),
            List.of(
                new MultiwordToken("don't", new Span(1, 3), 2, 7),
                new MultiwordToken("da", new Span(3, 5), 8, 10)));
    Map<String, TagSequence> tags = Map.of("ner", TagSequence.of("O", "O", "O", "O", "B-PER"));
    Document passage = Document.of("I don't da", List.of(new TaggedSentence(sentence, tags)));
    assertThat(write(new HtmlFormat(KINDS, SCHEMES), List.of(passage)).get(0))
        .contains(
            "<span class=\"s\"><span>I</span> <span>do</span><span>n't</span> "
                + "<span class=\"w\">da</span><span><i data-word=\"de\"></i></span>"
                + "<mark class=\"m0\" data-type=\"PER\"><span tabindex=\"0\" data-ner=\"B-PER\">"
                + "<i data-word=\"a\"></i></span></mark></span>");
  }

  @Example
  void unpairedSurrogateIsRefusedAndTheRestIsWritten() throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (String form : List.of("a", "\ud83d", "b")) {
      int at = sentences.size() * 2;
      Sentence one = new Sentence(List.of(new Token(form, at, at + 1)));
      sentences.add(new TaggedSentence(one, Map.of("upos", TagSequence.of("X"))));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputFormat.Writer writer = new HtmlFormat(KINDS, SCHEMES).writer(List.of(out), Counts.ZERO);
    assertThat(writer.write(Document.of("a \ud83d b", sentences))).hasSize(1);
    writer.flush();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("a").contains("b");
  }
}
