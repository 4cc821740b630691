package io.github.rnnotator.segment;

import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.WhiteSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits raw text into sentences and words, which keep their offsets in it: {@code
 * text.substring(token.begin(), token.end())} is the word's form, unless no part of a multiword
 * token is the word's own.
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

  private final ParagraphSegmenter paragraphs;
  private final LineBreaks lineBreaks;

  private TextSegmenter(ParagraphSegmenter paragraphs, LineBreaks lineBreaks) {
    this.paragraphs = paragraphs;
    this.lineBreaks = lineBreaks;
  }

  /** Creates a segmenter of these parts. */
  public TextSegmenter(SentenceSplitter splitter, Tokenizer tokenizer, LineBreaks lineBreaks) {
    this(new SplitAndTokenize(splitter, tokenizer), lineBreaks);
  }

  /** Creates a segmenter with a network, in which a blank line ends a sentence. */
  public static TextSegmenter of(SegmenterModel model) {
    return new TextSegmenter(new NetworkSegmenter(model), LineBreaks.WRAP);
  }

  /** Returns the segmenter of a model: its own or, if it has none, that of its language. */
  public static TextSegmenter of(TaggerModel model) {
    SegmenterModel own = model.segmenter();
    return own == null ? forLanguage(model.config().input().language()) : of(own);
  }

  /**
   * Returns the segmenter of a language: that of a {@link BundledModel}, if one of the language has
   * any, else {@link #byRules}. A blank line ends a sentence, a single line break does not. Create
   * it once and share it: it is read again with each call.
   *
   * @param language an ISO 639 code or BCP 47 tag: {@code en}, {@code ko}, {@code pt-BR}
   * @throws IllegalArgumentException if it is neither
   * @throws IllegalStateException if the language is English and no bundled model segments it:
   *     models expect the tokens of UD English-EWT, which rules do not give
   * @throws UncheckedIOException if a bundled model can't be read
   */
  public static TextSegmenter forLanguage(String language) {
    Locale locale = locale(language);
    Optional<SegmenterModel> bundled;
    try {
      bundled = BundledModel.segmenter(language);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    if (bundled.isEmpty() && ENGLISH.contains(locale.getLanguage())) {
      throw new IllegalStateException(
          "English text needs a bundled model; add io.github.rnnotator:rnnotator-model-en-fast to"
              + " the class path (on the module path, require"
              + " io.github.rnnotator.model.en.fast), or segment it with TextSegmenter.byRules");
    }
    return bundled.map(TextSegmenter::of).orElseGet(() -> byRules(language));
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

  /** Returns the same segmenter with another meaning of line breaks. */
  public TextSegmenter with(LineBreaks lineBreaks) {
    return new TextSegmenter(paragraphs, lineBreaks);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A document of more than {@link #LONGEST} UTF-16 units is cut by {@link #cut}, so that it has
   * the sentences of its sections.
   */
  @Override
  public List<Sentence> segment(String document, Runnable beforeWork) {
    return segmentWithProbabilities(document, beforeWork).stream()
        .map(SegmentedSentence::sentence)
        .toList();
  }

  /** Returns the sentences of a text with the probabilities of their boundaries. */
  public List<SegmentedSentence> segmentWithProbabilities(String document) {
    return segmentWithProbabilities(document, () -> {});
  }

  private List<SegmentedSentence> segmentWithProbabilities(String document, Runnable beforeWork) {
    List<SegmentedSentence> sentences = new ArrayList<>();
    int begin = 0;
    while (document.length() - begin > LONGEST) {
      int end = begin + cut(document.substring(begin, begin + LONGEST));
      sentences.addAll(section(document, begin, end, beforeWork));
      begin = end;
    }
    sentences.addAll(section(document, begin, document.length(), beforeWork));
    return sentences;
  }

  /** Returns the sentences between two offsets of a document, paragraph by paragraph. */
  private List<SegmentedSentence> section(String document, int from, int to, Runnable beforeWork) {
    List<Segment> ranges = new ArrayList<>();
    Pattern end = lineBreaks == LineBreaks.WRAP ? PARAGRAPH_BREAK : LINE_BREAK;
    Matcher breaks = end.matcher(document).region(from, to);
    int begin = from;
    while (breaks.find()) {
      addTrimmed(document, begin, breaks.start(), ranges);
      begin = breaks.end();
    }
    addTrimmed(document, begin, to, ranges);
    List<NormalizedText> texts = new ArrayList<>();
    ranges.forEach(r -> texts.add(NormalizedText.of(document.substring(r.begin(), r.end()))));
    List<List<SegmentedSentence>> found =
        paragraphs.segment(texts.stream().map(NormalizedText::text).toList(), beforeWork);
    List<SegmentedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      InDocument place = new InDocument(document, ranges.get(i).begin(), texts.get(i));
      found.get(i).forEach(sentence -> sentences.add(place.of(sentence)));
    }
    return sentences;
  }

  /** White space around a paragraph must not change its sentences. */
  private static void addTrimmed(String document, int begin, int end, List<Segment> ranges) {
    int first = begin;
    while (first < end && WhiteSpace.is(document.charAt(first))) {
      first++;
    }
    int last = end;
    while (last > first && WhiteSpace.is(document.charAt(last - 1))) {
      last--;
    }
    if (first < last) {
      ranges.add(new Segment(first, last));
    }
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
    List<SegmentedSentence> sentences =
        paragraphs.segment(List.of(visible.text()), () -> {}).get(0);
    if (sentences.size() > 1) {
      Sentence last = sentences.get(sentences.size() - 1).sentence();
      return tail + visible.begin(last.tokens().get(0).begin());
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
}
