package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Section;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Documents for tests of formats, and what a file of them must hold. */
public final class WrittenDocuments {
  private WrittenDocuments() {}

  /** The heads of the documents. */
  public static final List<String> HEADS = List.of("upos", "ner");

  /** The scheme of the head with mentions. */
  public static final Map<String, TagScheme> SCHEMES = Map.of("ner", TagScheme.IOB2);

  /** Head name to tags or types. */
  public static final Map<String, List<String>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("upos", List.of("NOUN", "PRP$", ".", "``", "태그", "<b>"));
    KINDS.put("ner", List.of("PER", "A_b|*"));
  }

  /**
   * A word, the text before it, its tag, and the entity that it belongs to.
   *
   * @param written the multiword token of it and the next word; empty for none
   */
  private record Word(String form, String before, String upos, int entity, String written) {}

  /** A multiword token that is written as its words without spaces. */
  private static final String PARTS = "+";

  /** An annotation: offsets, type, text. */
  public record Found(String head, String type, long begin, long end) {}

  /** Documents of odd words, gaps and tags. */
  public static Arbitrary<List<Document>> all() {
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
        Combinators.combine(
                forms,
                gaps,
                tags,
                Arbitraries.integers().between(0, 3),
                Arbitraries.of("", "", "", PARTS, "da", "😀s", "<|>"))
            .as(Word::new);
    Arbitrary<List<List<Word>>> document =
        word.list().ofMinSize(1).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(3);
    return document.list().ofMinSize(1).ofMaxSize(4).map(WrittenDocuments::documents);
  }

  private static List<Document> documents(List<List<List<Word>>> documents) {
    List<Document> passages = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      StringBuilder text = new StringBuilder();
      List<TaggedSentence> sentences = new ArrayList<>();
      for (List<Word> words : documents.get(i)) {
        List<Token> tokens = new ArrayList<>();
        List<MultiwordToken> multiwordTokens = new ArrayList<>();
        List<Mention> mentions = new ArrayList<>();
        int begin = -1;
        for (int w = 0; w < words.size(); w++) {
          Word word = words.get(w);
          if (tokens.size() == w) {
            addToken(words, w, text, tokens, multiwordTokens);
          }
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
        sentences.add(new TaggedSentence(new Sentence(tokens, multiwordTokens), tags));
        text.append(' ');
      }
      passages.add(new Document("d" + i, text.toString(), sentences, Section.inFile("f")));
    }
    return passages;
  }

  /** Adds a word, or a multiword token of it and the next one. */
  private static void addToken(
      List<Word> words,
      int w,
      StringBuilder text,
      List<Token> tokens,
      List<MultiwordToken> multiwordTokens) {
    text.append(words.get(w).before());
    boolean isMultiword = w + 1 < words.size() && !words.get(w).written().isEmpty();
    List<String> forms =
        words.subList(w, isMultiword ? w + 2 : w + 1).stream().map(Word::form).toList();
    boolean parts = !isMultiword || words.get(w).written().equals(PARTS);
    String form = parts ? String.join("", forms) : words.get(w).written();
    tokens.addAll(MultiwordToken.words(form, text.length(), forms));
    if (isMultiword) {
      multiwordTokens.add(
          new MultiwordToken(
              form, new Span(w, w + 2), text.length(), text.length() + form.length()));
    }
    text.append(form);
  }

  /** Writes the passages with a new writer for each. */
  public static List<String> write(OutputFormat format, List<Document> passages)
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
  public static List<Found> expected(List<Document> passages) {
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

  /** The text of these documents. */
  public static String joined(List<Document> passages) {
    StringBuilder text = new StringBuilder();
    passages.forEach(passage -> text.append(passage.text()).append('\n'));
    return text.toString();
  }
}
