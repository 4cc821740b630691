package io.github.rnnotator.train.source;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Words with their parts of speech and lemmas, such as those of WordNet: of a treebank's language,
 * but more of them. The dictionary of lemmas has those that the corpora lack, and scripts prefer
 * lemmas that occur in it. In a file, each line has a form, its part of speech as in the corpora,
 * and its lemma, with tabs between them; the lemma may be left out where it is the form:
 *
 * <pre>
 *   geese   NOUN    goose
 *   goose   NOUN
 * </pre>
 *
 * @param entries in the order of the file
 */
public record Lexicon(List<Entry> entries) {
  /** Without words. */
  public static final Lexicon EMPTY = new Lexicon(List.of());

  /** A word. None of the strings is empty. */
  public record Entry(String form, String tag, String lemma) {}

  /** Copies the list. */
  public Lexicon {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is missing, not UTF-8, or a line is not as above
   */
  public static Lexicon read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": no such file (train.lexicon)");
    }
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        String[] cells = line.split("\t", -1);
        if (cells.length < 2 || cells.length > 3 || cells[0].isBlank() || cells[1].isBlank()) {
          throw new InputException(
              file
                  + ":"
                  + number
                  + ": expected a form, its part of speech and its lemma, with tabs between them");
        }
        boolean same = cells.length == 2 || cells[2].isBlank();
        entries.add(new Entry(cells[0], cells[1], same ? cells[0] : cells[2]));
      }
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": not UTF-8");
    }
    return new Lexicon(entries);
  }

  /**
   * Returns the words as a corpus of sentences of one word each.
   *
   * @param lemma the head with the lemmas
   * @param tags the head with the parts of speech; if empty, they are left out
   */
  public List<TaggedSentence> sentences(String lemma, String tags) {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (Entry entry : entries) {
      TagSequence lemmas = TagSequence.of(entry.lemma());
      Map<String, TagSequence> columns =
          tags.isEmpty()
              ? Map.of(lemma, lemmas)
              : Map.of(lemma, lemmas, tags, TagSequence.of(entry.tag()));
      sentences.add(new TaggedSentence(Sentence.of(entry.form()), columns));
    }
    return sentences;
  }
}
