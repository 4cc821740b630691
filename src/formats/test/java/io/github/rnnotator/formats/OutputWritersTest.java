package io.github.rnnotator.formats;

import static io.github.rnnotator.formats.Corpora.unread;
import static io.github.rnnotator.formats.Corpora.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** JSONL and text. */
class OutputWritersTest {
  private static final Sentence PETER = Sentence.of("Peter", "lives", "in", "New", "York", ".");
  private static final TagSequence UPOS =
      TagSequence.of("PROPN", "VERB", "ADP", "PROPN", "PROPN", "PUNCT");
  private static final TagSequence NER = TagSequence.of("B-PER", "O", "O", "B-LOC", "I-LOC", "O");
  private static final Map<String, TagScheme> SCHEMES = Map.of("ner", TagScheme.IOB2);

  @Property(tries = 100)
  void jsonContainsTheWholeSentence(@ForAll("sentences") List<TaggedSentence> sentences)
      throws IOException {
    String json = write(out -> new JsonlWriter(out, Map.of()), unread(sentences));
    List<TaggedSentence> parsed = json.lines().map(OutputWritersTest::parse).toList();
    assertThat(parsed).isEqualTo(sentences);
  }

  @Provide
  Arbitrary<List<TaggedSentence>> sentences() {
    return Corpora.multiwordSentences().list().ofMinSize(1).ofMaxSize(3);
  }

  private static TaggedSentence parse(String line) {
    try {
      JsonNode json = new ObjectMapper().readTree(line);
      List<Token> tokens = new ArrayList<>();
      for (JsonNode token : json.get("tokens")) {
        tokens.add(
            new Token(
                token.get("form").asText(), token.get("begin").asInt(), token.get("end").asInt()));
      }
      Map<String, TagSequence> tags = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> head : json.get("tags").properties()) {
        List<String> values = new ArrayList<>();
        head.getValue().forEach(value -> values.add(value.asText()));
        tags.put(head.getKey(), TagSequence.of(values));
      }
      List<MultiwordToken> multiwordTokens = new ArrayList<>();
      for (JsonNode multiword : json.path("multiword")) {
        multiwordTokens.add(
            new MultiwordToken(
                multiword.get("form").asText(),
                new Span(multiword.get("firstToken").asInt(), multiword.get("endToken").asInt()),
                multiword.get("begin").asInt(),
                multiword.get("end").asInt()));
      }
      assertThat(json.has("multiword")).isEqualTo(!multiwordTokens.isEmpty());
      return new TaggedSentence(new Sentence(tokens, multiwordTokens), tags);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Example
  void jsonContainsProbabilitiesAndMentions() throws IOException {
    TaggedSentence sentence =
        new TaggedSentence(
            new Sentence(List.of(new Token("New", 10, 13), new Token("York", 14, 18))),
            tags(
                "upos",
                TagSequence.of("PROPN", "PROPN"),
                "ner",
                new TagSequence(List.of("B-LOC", "I-LOC"), List.of(0.98768f, 1f))));
    TaggedSentence read =
        sentence.with(
            new SourceLines.Columns(
                "a.txt", 2, List.of("form"), List.of("# sent_id = s-1"), List.of("New", "York")));
    assertThat(write(out -> new JsonlWriter(out, SCHEMES), List.of(read, read)).split("\n"))
        .containsOnly(
            "{\"id\":\"s-1\","
                + "\"tokens\":[{\"form\":\"New\",\"begin\":10,\"end\":13,\"beginCodePoint\":10,\"endCodePoint\":13},"
                + "{\"form\":\"York\",\"begin\":14,\"end\":18,\"beginCodePoint\":14,\"endCodePoint\":18}],"
                + "\"tags\":{\"upos\":[\"PROPN\",\"PROPN\"],\"ner\":[\"B-LOC\",\"I-LOC\"]},"
                + "\"probabilities\":{\"ner\":[0.9877,1.0]},"
                + "\"mentions\":{\"ner\":[{\"type\":\"LOC\",\"confidence\":0.9877,\"begin\":10,\"end\":18,"
                + "\"beginCodePoint\":10,\"endCodePoint\":18,\"firstToken\":0,\"endToken\":2}]}}")
        .hasSize(2);
  }

  @Example
  void jsonHasMultiwordTokensAfterTheirWords() throws IOException {
    Sentence sentence =
        new Sentence(
            List.of(
                new Token("😀", 5, 7),
                new Token("de", 7, 9),
                new Token("a", 7, 9),
                new Token("casa", 10, 14)),
            List.of(new MultiwordToken("da", new Span(1, 3), 7, 9)));
    TaggedSentence tagged = new TaggedSentence(sentence, Map.of());
    assertThat(write(out -> new JsonlWriter(out, SCHEMES), List.of(tagged)))
        .isEqualTo(
            "{\"tokens\":[{\"form\":\"😀\",\"begin\":5,\"end\":7,\"beginCodePoint\":5,\"endCodePoint\":6},"
                + "{\"form\":\"de\",\"begin\":7,\"end\":9,\"beginCodePoint\":6,\"endCodePoint\":8},"
                + "{\"form\":\"a\",\"begin\":7,\"end\":9,\"beginCodePoint\":6,\"endCodePoint\":8},"
                + "{\"form\":\"casa\",\"begin\":10,\"end\":14,\"beginCodePoint\":9,\"endCodePoint\":13}],"
                + "\"multiword\":[{\"form\":\"da\",\"begin\":7,\"end\":9,\"beginCodePoint\":6,\"endCodePoint\":8,"
                + "\"firstToken\":1,\"endToken\":3}],\"tags\":{}}\n");
  }

  @Example
  void textMatchesItsDocumentation() throws IOException {
    assertThat(text(tags("upos", UPOS)))
        .isEqualTo("Peter/PROPN lives/VERB in/ADP New/PROPN York/PROPN ./PUNCT\n");
    assertThat(text(tags("ner", NER))).isEqualTo("[Peter PER] lives in [New York LOC] .\n");
    assertThat(text(tags("upos", UPOS, "copy", UPOS)))
        .startsWith("Peter/PROPN/PROPN lives/VERB/VERB in/ADP/ADP ");
    assertThat(text(tags("upos", UPOS, "ner", NER)))
        .isEqualTo("[Peter/PROPN PER] lives/VERB in/ADP [New/PROPN York/PROPN LOC] ./PUNCT\n");
    assertThat(text(Map.of())).isEqualTo("Peter lives in New York .\n");
  }

  @Example
  void neighbouringMentionsAndEmptyTypesAreShown() throws IOException {
    List<Mention> mentions =
        List.of(
            new Mention(new Span(0, 1), ""),
            new Mention(new Span(1, 3), "X"),
            new Mention(new Span(3, 6), "X"));
    assertThat(text(tags("ner", TagSequence.of(TagScheme.IOB2.tags(6, mentions)))))
        .isEqualTo("[Peter ] [lives in X] [New York . X]\n");
  }

  @Example
  void specialCharactersInTextAreEscaped() throws IOException {
    TaggedSentence sentence =
        new TaggedSentence(
            Sentence.of("1/2", "[", "a b", "\\", "c\nd\r"),
            tags(
                "upos",
                TagSequence.of("NUM", "-LRB-", "X/Y", "SYM", "X"),
                "ner",
                TagSequence.of("B-A B", "I-A B", "O", "O", "B-]")));
    assertThat(write(out -> new TextWriter(out, SCHEMES), unread(List.of(sentence))))
        .isEqualTo("[1\\/2/NUM \\[/-LRB- A\\ B] a\\ b/X\\/Y \\\\/SYM [c\\nd\\r/X \\]]\n");
  }

  @Example
  void omittedHeadsAreNotInText() throws IOException {
    Map<String, TagSequence> tags =
        tags("upos", TagSequence.of("PROPN"), "ner", TagSequence.of("B-PER"));
    TaggedSentence sentence = new TaggedSentence(Sentence.of("Ann"), tags);
    assertThat(
            write(out -> new TextWriter(out, SCHEMES, Set.of("upos")), unread(List.of(sentence))))
        .isEqualTo("[Ann PER]\n");
  }

  @Property(tries = 500)
  void textIsReadBack(@ForAll("spiky") List<List<String>> words) throws IOException {
    List<String> forms = words.stream().map(word -> word.get(0)).toList();
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i + 1 < forms.size(); i += 3) {
      mentions.add(new Mention(new Span(i, i + 2), words.get(i).get(2)));
    }
    TaggedSentence sentence =
        new TaggedSentence(
            Sentence.of(forms),
            tags(
                "upos",
                TagSequence.of(words.stream().map(word -> word.get(1)).toList()),
                "ner",
                TagSequence.of(TagScheme.IOB2.tags(forms.size(), mentions))));
    String line = write(out -> new TextWriter(out, SCHEMES), unread(List.of(sentence)));
    assertThat(line).endsWith("\n").hasLineCount(1);
    assertThat(readText(line)).isEqualTo(sentence);
  }

  @Provide
  Arbitrary<List<List<String>>> spiky() {
    Arbitrary<String> value =
        Arbitraries.of("a", "/", "[", "]", " ", "\\", "n", "\n", "\r", "\\/", "1/2", "é")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(pieces -> String.join("", pieces));
    return value.list().ofSize(3).list().ofMinSize(1).ofMaxSize(7);
  }

  /** Parses a line with a head of tags and a head of mentions. */
  private static TaggedSentence readText(String line) {
    List<String> forms = new ArrayList<>();
    List<String> upos = new ArrayList<>();
    List<Mention> mentions = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    List<String> values = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        char next = line.charAt(++i);
        value.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else if (c == '[') {
        begin = forms.size();
      } else if (c == '/') {
        values.add(value.toString());
        value.setLength(0);
      } else if (c == ' ' || c == '\n' || c == ']') {
        values.add(value.toString());
        value.setLength(0);
        if (c == ']') {
          mentions.add(new Mention(new Span(begin, forms.size()), values.get(0)));
          i++;
        } else {
          forms.add(values.get(0));
          upos.add(values.get(1));
        }
        values.clear();
      } else {
        value.append(c);
      }
    }
    return new TaggedSentence(
        Sentence.of(forms),
        tags(
            "upos",
            TagSequence.of(upos),
            "ner",
            TagSequence.of(TagScheme.IOB2.tags(forms.size(), mentions))));
  }

  @Example
  void tagsOfAnotherSchemeAreRefused() {
    TaggedSentence sentence =
        new TaggedSentence(Sentence.of("Peter"), Map.of("ner", TagSequence.of("S-PER")));
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> write(out -> new TextWriter(out, SCHEMES), unread(List.of(sentence))))
        .withMessage(
            "<output>: sentence 'Peter' has no mentions for head 'ner': 'S-PER' is not a tag of IOB2;"
                + " expected O, or B or I with a hyphen and a type, as in B-PER");
  }

  private static String text(Map<String, TagSequence> tags) throws IOException {
    return write(
        out -> new TextWriter(out, SCHEMES), unread(List.of(new TaggedSentence(PETER, tags))));
  }

  private static Map<String, TagSequence> tags(String head, TagSequence tags) {
    return Map.of(head, tags);
  }

  private static Map<String, TagSequence> tags(
      String first, TagSequence firstTags, String second, TagSequence secondTags) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put(first, firstTags);
    tags.put(second, secondTags);
    return tags;
  }
}
