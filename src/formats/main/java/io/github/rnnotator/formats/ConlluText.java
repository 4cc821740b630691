package io.github.rnnotator.formats;

import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the raw text of a CoNLL-U file paragraph by paragraph: the {@code # text} comments or,
 * where a sentence has none that contains its tokens, the tokens with spaces according to {@code
 * SpaceAfter=No}. A paragraph begins at {@code # newpar} and {@code # newdoc}; a file without these
 * is one paragraph. For one thread.
 */
public final class ConlluText implements Closeable {
  private static final ConlluField SPACE_AFTER = new ConlluField(ConlluField.MISC, "SpaceAfter");
  private static final Pattern NEW_PARAGRAPH = Pattern.compile("#\\s*new(par|doc)\\b.*");

  private final SentenceReader reader;
  private Optional<TaggedSentence> next = Optional.empty();
  private boolean started;

  /** Reads the text of a reader's sentences; closing the text closes the reader. */
  public ConlluText(SentenceReader reader) {
    this.reader = reader;
  }

  /**
   * Returns the next paragraph, or empty at the end.
   *
   * @throws IOException as {@link SentenceReader#read}
   */
  public Optional<String> nextParagraph() throws IOException {
    if (!started) {
      next = reader.read();
      started = true;
    }
    if (next.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder paragraph = new StringBuilder();
    do {
      append(next.get(), paragraph);
      next = reader.read();
    } while (next.isPresent() && !beginsParagraph(next.get()));
    return Optional.of(paragraph.toString());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static void append(TaggedSentence sentence, StringBuilder paragraph) {
    List<SurfaceToken> tokens = sentence.sentence().surface();
    String spaced = spaced(tokens);
    String characters = TextCharacters.of(spaced);
    // A comment that is empty or does not contain the tokens is ignored.
    paragraph.append(
        Comments.values(SourceLines.of(sentence).comments(), "text").stream()
            .filter(text -> TextCharacters.of(text).equals(characters))
            .findFirst()
            .orElse(spaced));
    paragraph.append(isFollowedBySpace(sentence) ? " " : "");
  }

  /** Joins the tokens with a space where the offsets leave a gap. */
  static String spaced(List<SurfaceToken> tokens) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (SurfaceToken token : tokens) {
      text.append(!text.isEmpty() && token.begin() != end ? " " : "").append(token.form());
      end = token.end();
    }
    return text.toString();
  }

  /** Whether a space follows a sentence: the row of its last token has no {@code SpaceAfter=No}. */
  public static boolean isFollowedBySpace(TaggedSentence sentence) {
    List<SurfaceToken> tokens = sentence.sentence().surface();
    SurfaceToken last = tokens.get(tokens.size() - 1);
    if (!(sentence.origin() instanceof SourceLines.Conllu rows)) {
      return true;
    }
    String row = "";
    for (String line : rows.lines()) {
      boolean isToken =
          last.isMultiword()
              ? SourceLines.Conllu.isMultiword(line)
              : SourceLines.Conllu.isWord(line);
      row = isToken ? line : row;
    }
    List<String> cells = Arrays.asList(row.split("\t", -1));
    return !SPACE_AFTER.get(cells).equals("No");
  }

  /** Whether a comment says that a paragraph or a document begins with a sentence. */
  public static boolean beginsParagraph(TaggedSentence sentence) {
    return SourceLines.of(sentence).comments().stream()
        .anyMatch(c -> NEW_PARAGRAPH.matcher(c).matches());
  }
}
