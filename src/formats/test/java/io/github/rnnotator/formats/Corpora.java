package io.github.rnnotator.formats;

import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Shared by the tests of formats: random sentences, and reading from and writing to strings. */
final class Corpora {
  private static final List<String> PIECES =
      List.of(
          "a", "B", "7", "é", "e\u0301", "\u00a0", "\u3000", "東", "京", "김", "😀", "👩‍🚀", "#", "-",
          "_", "|", "=", "/", "\"", "\\", "\u2028", "\u0085", "ß", "א");

  /** A multiword token that is written as its words without spaces. */
  private static final String PARTS = "+";

  private Corpora() {}

  /**
   * Forms of one to five pieces: emoji, combining marks, odd spaces, CJK, separators of formats.
   */
  static Arbitrary<String> forms() {
    return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(5).map(p -> String.join("", p));
  }

  static Arbitrary<String> tags() {
    return Arbitraries.of("O", "B-PER", "I-PER", "NOUN", "__", "태그", "X=Y");
  }

  /** A token with its tags and the spaces before it. */
  record Word(String form, String first, String second, int gap) {}

  static Arbitrary<Word> words() {
    return Combinators.combine(forms(), tags(), tags(), Arbitraries.integers().between(0, 1))
        .as(Word::new);
  }

  /** Sentences with heads {@code first} and {@code second}; each may be missing. */
  static Arbitrary<TaggedSentence> sentences() {
    return Combinators.combine(
            words().list().ofMinSize(1).ofMaxSize(6).map(Corpora::sentence),
            Arbitraries.of("", "", "first", "second"))
        .as(Corpora::without);
  }

  /** The same with multiword tokens, some written as the parts of their words. */
  static Arbitrary<TaggedSentence> multiwordSentences() {
    Arbitrary<String> written = Arbitraries.oneOf(Arbitraries.of("", PARTS), forms());
    return Combinators.combine(sentences(), written.list().ofSize(6)).as(Corpora::withMultiword);
  }

  /** Joins each word that has a written form with the word after it, and some with the next two. */
  private static TaggedSentence withMultiword(TaggedSentence sentence, List<String> written) {
    List<Token> words = sentence.sentence().tokens();
    List<Token> tokens = new ArrayList<>();
    List<MultiwordToken> multiwordTokens = new ArrayList<>();
    int shift = 0;
    int i = 0;
    while (i < words.size()) {
      int end = written.get(i).isEmpty() ? i + 1 : Math.min(words.size(), i + 2 + i % 2);
      List<String> forms = sentence.sentence().forms().subList(i, end);
      boolean isMultiword = end > i + 1;
      String form =
          !isMultiword || written.get(i).equals(PARTS) ? String.join("", forms) : written.get(i);
      int begin = words.get(i).begin() + shift;
      tokens.addAll(MultiwordToken.words(form, begin, forms));
      int last = begin + form.length();
      if (isMultiword) {
        multiwordTokens.add(new MultiwordToken(form, new Span(i, end), begin, last));
      }
      shift = last - words.get(end - 1).end();
      i = end;
    }
    return new TaggedSentence(new Sentence(tokens, multiwordTokens), sentence.tags());
  }

  /** The same sentence without this head. */
  static TaggedSentence without(TaggedSentence sentence, String head) {
    Map<String, TagSequence> tags = new LinkedHashMap<>(sentence.tags());
    tags.remove(head);
    return new TaggedSentence(sentence.sentence(), tags);
  }

  private static TaggedSentence sentence(List<Word> words) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    for (Word word : words) {
      int begin = tokens.isEmpty() ? 0 : at + word.gap();
      at = begin + word.form().length();
      tokens.add(new Token(word.form(), begin, at));
    }
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("first", TagSequence.of(words.stream().map(Word::first).toList()));
    tags.put("second", TagSequence.of(words.stream().map(Word::second).toList()));
    return new TaggedSentence(new Sentence(tokens), tags);
  }

  static List<TaggedSentence> read(CorpusFormat format, String text) throws IOException {
    return read(format, text.getBytes(StandardCharsets.UTF_8));
  }

  static List<TaggedSentence> read(CorpusFormat format, byte[] bytes) throws IOException {
    return format.read(new ByteArrayInputStream(bytes), "corpus.txt");
  }

  static String write(CorpusFormat format, List<TaggedSentence> sentences) throws IOException {
    return write(format::writer, sentences);
  }

  static String write(
      Function<OutputStream, SentenceWriter> writers, List<TaggedSentence> sentences)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SentenceWriter writer = writers.apply(out)) {
      for (TaggedSentence sentence : sentences) {
        writer.write(sentence);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static List<TaggedSentence> unread(List<TaggedSentence> sentences) {
    return sentences.stream().map(sentence -> sentence.with(Origin.NONE)).toList();
  }

  static List<TaggedSentence> tagged(List<TaggedSentence> sentences) {
    return unread(sentences);
  }

  /** The same sentence with every tag of one head replaced. */
  static TaggedSentence retagged(TaggedSentence sentence, String head, String tag) {
    Map<String, TagSequence> tags = new LinkedHashMap<>(sentence.tags());
    tags.put(head, TagSequence.of(sentence.sentence().forms().stream().map(form -> tag).toList()));
    return sentence.with(tags);
  }
}
