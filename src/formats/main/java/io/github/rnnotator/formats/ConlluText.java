package io.github.rnnotator.formats;

import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
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

  /**
   * One written unit: a multiword token, or a word outside of one.
   *
   * @param form as written
   * @param firstWord its first word, from 0 in the sentence
   * @param endWord after its last word
   * @param spaceAfter whether a space follows it
   */
  public record Unit(String form, int firstWord, int endWord, boolean spaceAfter) {
    /** Whether it is a multiword token, whose words have their own forms. */
    public boolean isMultiword() {
      return endWord - firstWord > 1;
    }
  }

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

  /** Returns the multiword tokens of a sentence and the words outside of them, in order. */
  public static List<Unit> units(TaggedSentence sentence) {
    List<Unit> units = new ArrayList<>();
    if (!(sentence.origin() instanceof SourceLines.Conllu rows)) {
      for (int i = 0; i < sentence.size(); i++) {
        units.add(new Unit(sentence.sentence().form(i), i, i + 1, true));
      }
      return units;
    }
    int words = 0;
    int end = 0;
    for (String line : rows.lines()) {
      List<String> cells = Arrays.asList(line.split("\t", -1));
      String id = cells.get(ConlluField.ID);
      int hyphen = id.indexOf('-');
      if (hyphen > 0) {
        end = Integer.parseInt(id.substring(hyphen + 1));
        units.add(unit(cells, words, end));
      } else if (SourceLines.Conllu.isWord(line)) {
        if (words >= end) {
          units.add(unit(cells, words, words + 1));
        }
        words++;
      }
    }
    return units;
  }

  private static Unit unit(List<String> cells, int firstWord, int endWord) {
    return new Unit(
        cells.get(ConlluField.FORM), firstWord, endWord, !SPACE_AFTER.get(cells).equals("No"));
  }

  private static void append(TaggedSentence sentence, StringBuilder paragraph) {
    List<Unit> units = units(sentence);
    String spaced = spaced(units);
    String characters = TextCharacters.of(spaced);
    // A comment that is empty or does not contain the tokens is ignored.
    paragraph.append(
        Comments.values(SourceLines.of(sentence).comments(), "text").stream()
            .filter(text -> TextCharacters.of(text).equals(characters))
            .findFirst()
            .orElse(spaced));
    paragraph.append(units.get(units.size() - 1).spaceAfter() ? " " : "");
  }

  /** Joins the units with spaces according to the last column. */
  private static String spaced(List<Unit> units) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < units.size(); i++) {
      boolean space = i + 1 < units.size() && units.get(i).spaceAfter();
      text.append(units.get(i).form()).append(space ? " " : "");
    }
    return text.toString();
  }

  private static boolean beginsParagraph(TaggedSentence sentence) {
    return SourceLines.of(sentence).comments().stream()
        .anyMatch(c -> NEW_PARAGRAPH.matcher(c).matches());
  }
}
