package io.github.rnnotator.data;

import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SourceLines;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@link CharacterTags}. */
final class CharacterTagsReader implements SentenceReader {
  private static final String SPACE = "␣";

  private final CharacterTags layout;
  private final LineReader lines;

  CharacterTagsReader(CharacterTags layout, LineReader lines) {
    this.layout = layout;
    this.lines = lines;
  }

  /** A mention by its characters, with its type. */
  private record Characters(int begin, int end, String type) {}

  @Override
  public Optional<TaggedSentence> read() throws IOException {
    StringBuilder text = new StringBuilder();
    // For each UTF-16 unit the tag of its character.
    List<String> tags = new ArrayList<>();
    int first = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (LineReader.isBlank(line)) {
        if (text.isEmpty()) {
          continue;
        }
        break;
      }
      first = first == 0 ? lines.line() : first;
      add(line, text, tags);
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Sentence> tokens = layout.tokens().apply(text.toString());
    if (tokens.isEmpty()) {
      throw lines.error("a sentence of white space, expected characters with tags");
    }
    return Optional.of(
        tagged(tokens.get().tokens(), mentions(tags))
            .with(new SourceLines.None(lines.source(), first, List.of("# newpar"))));
  }

  private void add(String line, StringBuilder text, List<String> tags) throws CorpusException {
    // The character itself may be a space.
    int cut = Math.max(line.lastIndexOf('\t'), line.lastIndexOf(' '));
    String character = cut < 0 ? "" : line.substring(0, cut).strip();
    String tag = line.substring(cut + 1);
    if (cut < 0 || character.codePointCount(0, character.length()) > 1) {
      throw lines.error("expected one character and its tag, with a tab between them");
    }
    if (!TagScheme.IOB2.isTag(tag)) {
      throw lines.error("'" + tag + "' is not a tag of IOB2, expected O, or B- or I- and a type");
    }
    String shown = character.isEmpty() || character.equals(SPACE) ? " " : character;
    text.append(shown);
    tags.add(tag);
    // The second unit of a character doesn't begin another mention.
    String rest = tag.startsWith("B") ? "I" + tag.substring(1) : tag;
    tags.addAll(Collections.nCopies(shown.length() - 1, rest));
  }

  private static List<Characters> mentions(List<String> tags) {
    return TagScheme.IOB2.mentions(tags).stream()
        .map(m -> new Characters(m.span().begin(), m.span().end(), m.type()))
        .toList();
  }

  private TaggedSentence tagged(List<Token> tokens, List<Characters> mentions) {
    List<Token> words = cut(tokens, mentions);
    List<String> suffixes = new ArrayList<>(Collections.nCopies(words.size(), TagSequence.MISSING));
    List<Mention> placed = new ArrayList<>();
    int begin = 0;
    for (Characters mention : mentions) {
      while (begin < words.size() && words.get(begin).end() <= mention.begin) {
        begin++;
      }
      int end = begin;
      while (end < words.size() && words.get(end).begin() < mention.end) {
        end++;
      }
      if (end > begin) {
        placed.add(new Mention(new Span(begin, end), mention.type));
        suffixes.set(end - 1, Integer.toString(suffix(words.get(end - 1), mention.end)));
      }
    }
    Map<String, TagSequence> all = new LinkedHashMap<>();
    all.put(layout.head(), TagSequence.of(TagScheme.IOB2.tags(words.size(), placed)));
    all.put(Mention.suffixHead(layout.head()), TagSequence.of(suffixes));
    return new TaggedSentence(new Sentence(words), all);
  }

  private static int suffix(Token word, int end) {
    if (word.end() <= end) {
      return 0;
    }
    String tail = LookupForm.of(word.form().substring(end - word.begin()));
    return tail.codePointCount(0, tail.length());
  }

  /** Cuts tokens where a mention begins. */
  private static List<Token> cut(List<Token> tokens, List<Characters> mentions) {
    List<Token> words = new ArrayList<>();
    for (Token token : tokens) {
      int begin = token.begin();
      for (Characters mention : mentions) {
        if (mention.begin > begin && mention.begin < token.end()) {
          words.add(part(token, begin, mention.begin));
          begin = mention.begin;
        }
      }
      words.add(part(token, begin, token.end()));
    }
    return words;
  }

  private static Token part(Token token, int begin, int end) {
    return new Token(
        token.form().substring(begin - token.begin(), end - token.begin()), begin, end);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
