package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of the same sentences in parallel: gold tags, and the output of one or more taggers
 * for the same tokens. Constant memory, for one thread.
 *
 * <p>Where a file differs from the first, the error names the position in both: {@code
 * gold.conll:12: 'Oslo', but tagged.conll:14: 'oslo'; both files must have the same tokens in the
 * same sentences}.
 */
public final class AlignedReader implements Closeable {
  private static final String EXPECTED =
      "; both files must have the same tokens in the same sentences";

  /** One file. */
  private static final class Side {
    private final String source;
    private final SentenceReader reader;
    private long sentences;
    private @Nullable TaggedSentence last;

    Side(String source, SentenceReader reader) {
      this.source = source;
      this.reader = reader;
    }

    Optional<TaggedSentence> read() throws IOException {
      Optional<TaggedSentence> sentence = reader.read();
      if (sentence.isPresent()) {
        sentences++;
        last = sentence.get();
      }
      return sentence;
    }

    String end() {
      return last == null
          ? source + " has no sentence"
          : source
              + " ends after line "
              + last.origin().line(last.size() - 1)
              + " (sentence "
              + sentences
              + ")";
    }
  }

  private final List<Side> sides = new ArrayList<>();

  /**
   * Creates a reader without files. Closing it closes all added files.
   *
   * @see #add
   */
  public AlignedReader() {}

  /**
   * Adds a file; the others are compared with the first.
   *
   * @param source its name in messages
   * @return this
   */
  public AlignedReader add(String source, SentenceReader reader) {
    sides.add(new Side(source, reader));
    return this;
  }

  /**
   * Returns the next sentence of every file, in the order in which they were added, or empty at the
   * end of all.
   *
   * @throws CorpusException if a file violates its format, or differs from the first
   */
  public Optional<List<TaggedSentence>> read() throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    boolean ended = false;
    for (Side side : sides) {
      Optional<TaggedSentence> sentence = side.read();
      if (side == sides.get(0)) {
        ended = sentence.isEmpty();
      } else if (ended && sentence.isPresent()) {
        throw parted(sentence.get(), sides.get(0));
      } else if (!ended && sentence.isEmpty()) {
        throw parted(sentences.get(0), side);
      } else if (!ended && sentence.isPresent()) {
        compare(sentences.get(0), sentence.get(), side);
      }
      sentence.ifPresent(sentences::add);
    }
    return ended ? Optional.empty() : Optional.of(sentences);
  }

  @Override
  public void close() throws IOException {
    IOException failed = null;
    for (Side side : sides) {
      try {
        side.reader.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void compare(TaggedSentence first, TaggedSentence other, Side side)
      throws CorpusException {
    Sentence left = first.sentence();
    Sentence right = other.sentence();
    int both = Math.min(left.size(), right.size());
    int at = 0;
    while (at < both && LookupForm.same(left.form(at), right.form(at))) {
      at++;
    }
    if (at < Math.max(left.size(), right.size())) {
      throw new CorpusException(
          sides.get(0).source,
          first.origin().line(at),
          what(left, at)
              + ", but "
              + side.source
              + ":"
              + other.origin().line(at)
              + ": "
              + what(right, at)
              + EXPECTED);
    }
  }

  private static String what(Sentence sentence, int token) {
    return token < sentence.size()
        ? "'" + sentence.form(token) + "'"
        : "the end of a sentence of " + sentence.size() + " tokens";
  }

  private static CorpusException parted(TaggedSentence more, Side ended) {
    return new CorpusException(
        more.origin().file(),
        more.origin().line(0),
        "a sentence that begins with '"
            + more.sentence().form(0)
            + "', but "
            + ended.end()
            + EXPECTED);
  }
}
