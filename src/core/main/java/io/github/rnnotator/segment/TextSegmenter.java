package io.github.rnnotator.segment;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits raw text into sentences and tokens, which keep their offsets in it: {@code
 * text.substring(token.begin(), token.end())} is always the token's form.
 *
 * <pre>{@code
 * List<Sentence> sentences = TextSegmenter.forLanguage("en").segment("It's late. We can't stay.");
 * }</pre>
 *
 * <p>Thread-safe, if its parts are.
 */
public final class TextSegmenter implements Segmenter {
  /** Longer texts are segmented section by section, in UTF-16 units. */
  public static final int LONGEST = 1 << 16;

  private static final Set<String> ENGLISH = Set.of("en", "eng");

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  /** A line break and a blank line. Atomic, or a CR LF would count as two line breaks. */
  private static final Pattern PARAGRAPH_BREAK = Pattern.compile("(?>\\R)[\\h\\u200B\\uFEFF]*\\R");

  /** How much of a text is searched for its last sentence. */
  private static final int TAIL = 1 << 13;

  private final SentenceSplitter splitter;
  private final Tokenizer tokenizer;
  private final LineBreaks lineBreaks;

  /** Creates a segmenter of these parts. */
  public TextSegmenter(SentenceSplitter splitter, Tokenizer tokenizer, LineBreaks lineBreaks) {
    this.splitter = splitter;
    this.tokenizer = tokenizer;
    this.lineBreaks = lineBreaks;
  }

  /**
   * Returns the segmenter of a language: that of a {@link SegmenterProvider}, if one supports it,
   * else {@link #byRules}. A blank line ends a sentence, a single line break does not. Create it
   * once and share it: it may read models.
   *
   * @param language an ISO 639 code or BCP 47 tag: {@code en}, {@code ko}, {@code pt-BR}
   * @throws IllegalArgumentException if it is neither
   * @throws IllegalStateException if the language is English and no provider supports it: bundled
   *     models expect the tokens of UD English-EWT, which rules do not give
   */
  public static TextSegmenter forLanguage(String language) {
    String code = locale(language).getLanguage();
    Optional<SegmenterProvider> provider =
        provider(code, TextSegmenter.class.getClassLoader())
            .or(() -> provider(code, Thread.currentThread().getContextClassLoader()));
    if (provider.isPresent()) {
      return provider.get().segmenter(code);
    }
    if (ENGLISH.contains(code)) {
      throw new IllegalStateException(
          "English text needs OpenNLP's models; add io.github.rnnotator:rnnotator-opennlp to the"
              + " class path, or segment it with TextSegmenter.byRules");
    }
    return byRules(language);
  }

  /**
   * Returns a segmenter that needs no model: the sentences of {@link java.text.BreakIterator}, and
   * tokens by white space and punctuation.
   *
   * @param language as in {@link #forLanguage}
   */
  public static TextSegmenter byRules(String language) {
    return new TextSegmenter(
        new BreakIteratorSentenceSplitter(locale(language)),
        new PunctuationTokenizer(),
        LineBreaks.WRAP);
  }

  private static Locale locale(String language) {
    Locale locale = Locale.forLanguageTag(language);
    if (locale.getLanguage().isEmpty()) {
      throw new IllegalArgumentException(
          "'" + language + "' is not a language; expected an ISO 639 code like en or ko");
    }
    return locale;
  }

  private static Optional<SegmenterProvider> provider(
      String language, @Nullable ClassLoader loader) {
    return ServiceLoader.load(SegmenterProvider.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.supports(language))
        .findFirst();
  }

  /** Returns the same segmenter with another meaning of line breaks. */
  public TextSegmenter with(LineBreaks lineBreaks) {
    return new TextSegmenter(splitter, tokenizer, lineBreaks);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A document of more than {@link #LONGEST} UTF-16 units is cut by {@link #cut}, so that it has
   * the sentences of its sections.
   */
  @Override
  public List<Sentence> segment(String document, Runnable beforeSentence) {
    List<Sentence> sentences = new ArrayList<>();
    int begin = 0;
    while (document.length() - begin > LONGEST) {
      int end = begin + cut(document.substring(begin, begin + LONGEST));
      addParagraphs(document, begin, end, sentences, beforeSentence);
      begin = end;
    }
    addParagraphs(document, begin, document.length(), sentences, beforeSentence);
    return sentences;
  }

  private void addParagraphs(
      String document, int from, int to, List<Sentence> sentences, Runnable beforeSentence) {
    Pattern end = lineBreaks == LineBreaks.WRAP ? PARAGRAPH_BREAK : LINE_BREAK;
    Matcher breaks = end.matcher(document).region(from, to);
    int begin = from;
    while (breaks.find()) {
      addParagraph(document, begin, breaks.start(), sentences, beforeSentence);
      begin = breaks.end();
    }
    addParagraph(document, begin, to, sentences, beforeSentence);
  }

  /**
   * Returns where to cut a text that continues after its end, so that sentences stay whole: after
   * its last paragraph (or line, if a line break ends a sentence), else before its last sentence,
   * else after its last blank, else between two characters.
   *
   * @param text at least one character
   * @return greater than 0, at most the length
   */
  public int cut(String text) {
    Matcher breaks = (lineBreaks == LineBreaks.WRAP ? PARAGRAPH_BREAK : LINE_BREAK).matcher(text);
    int cut = 0;
    while (breaks.find()) {
      // A line feed may follow a carriage return at the end.
      if (breaks.end() < text.length() || text.charAt(text.length() - 1) != '\r') {
        cut = breaks.end();
      }
    }
    if (cut > 0) {
      return cut;
    }
    int tail = Math.max(0, text.length() - TAIL);
    NormalizedText visible = NormalizedText.of(text.substring(tail));
    List<Segment> sentences = splitter.split(visible.text());
    if (sentences.size() > 1) {
      return tail + visible.begin(sentences.get(sentences.size() - 1).begin());
    }
    for (int i = text.length() - 1; i > tail; i--) {
      if (WhiteSpace.is(text.charAt(i - 1)) && !WhiteSpace.is(text.charAt(i))) {
        return i;
      }
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.substring(tail));
    int last = characters.preceding(text.length() - tail);
    return last > 0 ? tail + last : text.length();
  }

  private void addParagraph(
      String document, int begin, int end, List<Sentence> sentences, Runnable beforeSentence) {
    NormalizedText visible = NormalizedText.of(document.substring(begin, end));
    for (Segment segment : splitter.split(visible.text())) {
      beforeSentence.run();
      List<Token> tokens = new ArrayList<>();
      for (Token token : tokenizer.tokenize(visible.text(), segment.begin(), segment.end())) {
        int from = begin + visible.begin(token.begin());
        int to = begin + visible.begin(token.end());
        tokens.add(new Token(document.substring(from, to), from, to));
      }
      if (!tokens.isEmpty()) {
        sentences.add(new Sentence(tokens));
      }
    }
  }
}
