package io.github.rnnotator.formats;

import static io.github.rnnotator.formats.WrittenDocuments.HEADS;
import static io.github.rnnotator.formats.WrittenDocuments.SCHEMES;
import static io.github.rnnotator.formats.WrittenDocuments.expected;
import static io.github.rnnotator.formats.WrittenDocuments.joined;
import static io.github.rnnotator.formats.WrittenDocuments.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.rnnotator.formats.WrittenDocuments.Found;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** brat, WebAnno TSV and JSONL round-trip, in any number of parts. */
class OutputFormatTest {
  @Provide
  Arbitrary<List<Document>> documents() {
    return WrittenDocuments.all();
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
            OutputFormat.jsonl(SCHEMES))) {
      List<OutputStream> streams = new ArrayList<>();
      format.extensions().forEach(extension -> streams.add(new ByteArrayOutputStream()));
      OutputFormat.Writer writer = format.writer(streams, Counts.ZERO);
      assertThat(writer.write(passage)).as("%s", format.extensions()).hasSize(1);
      writer.flush();
      assertThat(streams.get(0).toString()).contains("a").contains("b");
    }
  }

  /**
   * Names that differ only in characters that layers don't allow, with any scheme and
   * probabilities.
   */
  @Property(tries = 200)
  void everyHeadHasUniqueLayer(@ForAll("heads") List<String> heads) throws Exception {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    for (String head : heads) {
      kinds.put(head, List.of("tag of " + head));
      tags.put(head, new TagSequence(List.of("tag of " + head), List.of(0.5f)));
    }
    Sentence sentence = new Sentence(List.of(new Token("a", 0, 1)));
    Document passage = Document.of("a", List.of(new TaggedSentence(sentence, tags)));
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
}
