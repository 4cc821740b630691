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
import io.github.rnnotator.text.MultiwordToken;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    List<String> notes = new ArrayList<>();
    int number = 0;
    for (String line : files.get(0).split("\n")) {
      String[] cells = line.split("\t", 3);
      if (line.startsWith("#")) {
        assertThat(line).startsWith("#" + number + "\tAnnotatorNotes T" + number + "\t");
        notes.add(cells[2]);
        continue;
      }
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
    List<String> hidden = new ArrayList<>();
    for (Document passage : passages) {
      for (TaggedSentence sentence : passage.sentences()) {
        for (Token word : sentence.sentence().tokens()) {
          if (!passage.text().substring(word.begin(), word.end()).equals(word.form())) {
            hidden.add(word.form());
          }
        }
      }
    }
    assertThat(notes).containsSubsequence(hidden);
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
    Set<String> ids = new HashSet<>();
    Map<String, Integer> open = new HashMap<>();
    for (int b = 1; b < blocks.length; b++) {
      List<Found> entities = new ArrayList<>();
      String[] lines = blocks[b].replaceFirst("^\n", "").split("\n");
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
        for (Value upos : values(cells[3])) {
          assertThat(ids.add(upos.id()) || upos.id().isEmpty()).as(cells[3]).isTrue();
          found.add(new Found("upos", upos.value(), begin, end));
        }
        for (Value ner : cells[4].equals("_") ? List.<Value>of() : values(cells[4])) {
          Integer entity = open.get(ner.id());
          if (entity == null) {
            assertThat(ids.add(ner.id()) || ner.id().isEmpty()).as(cells[4]).isTrue();
            if (!ner.id().isEmpty()) {
              open.put(ner.id(), entities.size());
            }
            entities.add(new Found("ner", ner.value(), begin, end));
          } else {
            long first = entities.get(entity).begin();
            entities.set(entity, new Found("ner", ner.value(), first, end));
          }
        }
      }
      found.addAll(entities);
    }
    assertThat(found).isEqualTo(expected(passages));
  }

  /** A value and its number; empty without one. */
  private record Value(String value, String id) {}

  /** Splits a cell with one value, or with several and a vertical bar between them. */
  private static List<Value> values(String cell) {
    List<Value> values = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < cell.length(); i++) {
      if (cell.charAt(i) == '\\') {
        i++;
      } else if (cell.charAt(i) == '|') {
        parts.add(cell.substring(begin, i));
        begin = i + 1;
      }
    }
    parts.add(cell.substring(begin));
    for (String part : parts) {
      Matcher numbered = Pattern.compile("(?s)(.*)(?<!\\\\)\\[(\\d+)\\]").matcher(part);
      values.add(
          numbered.matches()
              ? new Value(unescapedTsv(numbered.group(1)), numbered.group(2))
              : new Value(unescapedTsv(part), ""));
    }
    return values;
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
          assertThat(new String(codePoints, begin, end - begin))
              .isEqualTo(passage.text().substring(read.begin(), read.end()));
          tokens.add(read);
        }
        assertThat(tokens).isEqualTo(sentence.sentence().tokens());
        List<MultiwordToken> multiwordTokens = new ArrayList<>();
        for (JsonNode multiword : json.path("multiword")) {
          MultiwordToken read =
              new MultiwordToken(
                  multiword.get("form").asText(),
                  new Span(multiword.get("firstToken").asInt(), multiword.get("endToken").asInt()),
                  multiword.get("begin").asInt(),
                  multiword.get("end").asInt());
          int begin = multiword.get("beginCodePoint").asInt();
          int end = multiword.get("endCodePoint").asInt();
          assertThat(new String(codePoints, begin, end - begin)).isEqualTo(read.form());
          multiwordTokens.add(read);
        }
        assertThat(multiwordTokens).isEqualTo(sentence.sentence().multiwordTokens());
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

  /** Portuguese: I come from {@code a Rua}; the mention begins within {@code da}. */
  private static Document daRua() {
    Sentence sentence =
        new Sentence(
            List.of(
                new Token("da", 0, 2),
                new Token("de", 3, 5),
                new Token("a", 3, 5),
                new Token("Rua", 6, 9)),
            List.of(new MultiwordToken("da", new Span(1, 3), 3, 5)));
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("upos", TagSequence.of("X", "ADP", "DET", "NOUN"));
    tags.put("xpos", TagSequence.of("x", "adp", "det", "noun"));
    tags.put("ner", TagSequence.of("O", "B-PER", "B-LOC", "I-LOC"));
    return Document.of("da da Rua", List.of(new TaggedSentence(sentence, tags)));
  }

  @Example
  void webAnnoStacksTheWordsOfOneRow() throws IOException {
    OutputFormat format = OutputFormat.webAnno(List.of("upos", "xpos", "ner"), SCHEMES);
    assertThat(write(format, List.of(daRua(), daRua())).get(0))
        .contains(
            "\n#Text=da da Rua\n"
                + "1-1\t0-2\tda\tX\tx\t_\t\n"
                + "1-2\t3-5\tda\tADP[3]|DET[4]\tadp[3]|det[4]\tPER[1]|LOC[2]\t\n"
                + "1-3\t6-9\tRua\tNOUN\tnoun\tLOC[2]\t\n")
        .contains("2-2\t12-14\tda\tADP[9]|DET[10]\tadp[9]|det[10]\tPER[7]|LOC[8]\t\n");
  }

  @Example
  void bratNotesTheFormsOfWordsThatAreNotInTheText() throws IOException {
    OutputFormat format = OutputFormat.brat(List.of("upos", "ner"), SCHEMES);
    Document passage = daRua();
    TaggedSentence sentence = passage.sentences().get(0);
    Map<String, TagSequence> tags = new LinkedHashMap<>(sentence.tags());
    tags.remove("xpos");
    assertThat(write(format, List.of(passage.with(List.of(sentence.with(tags))))).get(0))
        .isEqualTo(
            """
            T1\tupos-X 0 2\tda
            T2\tupos-ADP 3 5\tda
            #2\tAnnotatorNotes T2\tde
            T3\tupos-DET 3 5\tda
            #3\tAnnotatorNotes T3\ta
            T4\tupos-NOUN 6 9\tRua
            T5\tner-PER 3 5\tda
            T6\tner-LOC 3 9\tda Rua
            """);
  }

  @Example
  void unpairedSurrogateOfAMultiwordTokenIsRefused() throws IOException {
    Sentence sentence =
        new Sentence(
            MultiwordToken.words("\ud83d", 0, List.of("a", "b")),
            List.of(new MultiwordToken("\ud83d", new Span(0, 2), 0, 1)));
    Map<String, TagSequence> tags =
        Map.of("upos", TagSequence.of("X", "Y"), "ner", TagSequence.of("O", "O"));
    Document passage = Document.of("\ud83d", List.of(new TaggedSentence(sentence, tags)));
    for (OutputFormat format :
        List.of(
            OutputFormat.brat(HEADS, SCHEMES),
            OutputFormat.webAnno(HEADS, SCHEMES),
            OutputFormat.jsonl(SCHEMES),
            OutputFormat.conllu(new CorpusFormat.Conllu(Map.of())))) {
      List<OutputStream> streams = new ArrayList<>();
      format.extensions().forEach(extension -> streams.add(new ByteArrayOutputStream()));
      assertThat(format.writer(streams, Counts.ZERO).write(passage))
          .as("%s", format.extensions())
          .hasSize(1);
    }
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
