package io.github.rnnotator.pipeline;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * Splits raw text into sentences and tokens, which keep their offsets in it: {@code
 * text.substring(token.begin(), token.end())} is always the token's form.
 *
 * <pre>{@code
 * List<Sentence> sentences = TextSegmenter.english().segment("It's late. We can't stay.");
 * }</pre>
 *
 * <p>Thread-safe, if its parts are.
 */
public final class TextSegmenter implements Segmenter {
  /** Longer texts are segmented section by section, in UTF-16 units. */
  public static final int LONGEST = 1 << 16;

  private static final String SENTENCE_MODEL = "opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin";
  private static final String TOKEN_MODEL = "opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin";

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
   * Segments English with OpenNLP's models, as in UD English-EWT; a blank line ends a sentence, a
   * single line break does not. Reads the models (about 100 ms): create it once and share it.
   */
  public static TextSegmenter english() {
    return new TextSegmenter(
        new OpenNlpSentenceSplitter(read(SENTENCE_MODEL, SentenceModel::new)),
        new OpenNlpTokenizer(read(TOKEN_MODEL, TokenizerModel::new)),
        LineBreaks.WRAP);
  }

  /**
   * {@link #english} for {@code en}; for other languages the sentences of {@link
   * java.text.BreakIterator}, and tokens by white space and punctuation.
   *
   * @param language an ISO 639 code or BCP 47 tag: {@code en}, {@code ko}, {@code pt-BR}
   * @throws IllegalArgumentException if it is neither
   */
  public static TextSegmenter forLanguage(String language) {
    Locale locale = Locale.forLanguageTag(language);
    if (locale.getLanguage().isEmpty()) {
      throw new IllegalArgumentException(
          "'" + language + "' is not a language; expected an ISO 639 code like en or ko");
    }
    return ENGLISH.contains(locale.getLanguage())
        ? english()
        : new TextSegmenter(
            new BreakIteratorSentenceSplitter(locale), new PunctuationTokenizer(), LineBreaks.WRAP);
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

  private interface ModelReader<M> {
    M read(InputStream in) throws IOException;
  }

  private static <M> M read(String resource, ModelReader<M> reader) {
    // By the loader: on the module path a class finds only the resources of its own module.
    try (InputStream in = TextSegmenter.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "no " + resource + " on the class path; add the jar of OpenNLP's English models");
      }
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + resource, e);
    }
  }
}
