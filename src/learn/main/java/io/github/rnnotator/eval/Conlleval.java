package io.github.rnnotator.eval;

import io.github.rnnotator.io.FieldReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code conlleval} script of 2004-01-26: scores a file that holds, in its last two columns,
 * the gold and the predicted chunk tag of one token per line, and prints the same text as the
 * script.
 *
 * <p>A line without fields, and one whose first field is {@code -X-}, ends a sentence and is not a
 * token; {@code -DOCSTART-} is a token. Memory does not grow with the file. See {@link ChunkScorer}
 * for how chunks are counted.
 *
 * <p>Immutable, safe to share between threads.
 */
public final class Conlleval {
  /** The exit status of the script where Perl's {@code die} ends it. */
  public static final int DIED = 255;

  private static final String BOUNDARY = "-X-";

  /** A power of two. */
  private static final int CACHED = 1 << 10;

  private final @Nullable String rawOutside;

  private Conlleval(@Nullable String rawOutside) {
    this.rawOutside = rawOutside;
  }

  /** Reads tags with prefixes, such as {@code B-NP}. */
  public static Conlleval chunks() {
    return new Conlleval(null);
  }

  /**
   * Reads tags without prefixes, each token a chunk of its own: the script's {@code -r}.
   *
   * @param outside the tag of tokens outside of chunks, in addition to {@code O}: the script's
   *     {@code -o}; one char per byte, as in a {@link FieldReader}
   */
  public static Conlleval raw(String outside) {
    return new Conlleval(outside);
  }

  /**
   * Scores all lines.
   *
   * @throws LineException with the script's message, at a line with fewer than two fields, or not
   *     as many as the first
   */
  public ChunkScore score(FieldReader lines) throws IOException {
    ChunkScorer scorer = new ChunkScorer();
    TagCache tags = new TagCache();
    int expected = 0;
    while (lines.next()) {
      int fields = lines.size();
      if (expected == 0) {
        expected = fields;
      } else if (fields != expected && fields != 0) {
        throw new LineException(
            "unexpected number of features: " + fields + " (" + expected + ")", 1);
      }
      if (fields == 0 || lines.get(0).equals(BOUNDARY)) {
        scorer.boundary();
      } else if (fields == 1) {
        throw new LineException(
            "conlleval: unexpected number of features in line " + lines.text(), DIED);
      } else {
        scorer.token(tags.get(lines.get(fields - 2)), tags.get(lines.get(fields - 1)));
      }
    }
    return scorer.score();
  }

  /**
   * Returns the output of the script.
   *
   * @param latex whether to print the rows of a LaTeX table: the script's {@code -l}
   */
  public static String text(ChunkScore score, boolean latex) {
    return latex ? latex(score) : plain(score);
  }

  private static String plain(ChunkScore score) {
    StringBuilder out = new StringBuilder();
    PrecisionRecall all = score.chunks();
    out.append("processed ").append(score.tokens());
    out.append(" tokens with ").append(all.gold());
    out.append(" phrases; found: ").append(all.predicted());
    out.append(" phrases; correct: ").append(all.correct()).append(".\n");
    if (score.tokens() > 0) {
      out.append("accuracy: ").append(number(score.accuracy())).append("%; ");
      rates(out, all).append('\n');
    }
    for (Map.Entry<String, PrecisionRecall> type : rows(score)) {
      out.append(padding(17, type.getKey())).append(type.getKey()).append(": ");
      rates(out, type.getValue()).append("  ").append(type.getValue().predicted()).append('\n');
    }
    return out.toString();
  }

  private static StringBuilder rates(StringBuilder out, PrecisionRecall rates) {
    out.append("precision: ").append(number(rates.precision()));
    out.append("%; recall: ").append(number(rates.recall()));
    return out.append("%; FB1: ").append(number(rates.f1()));
  }

  private static String latex(ChunkScore score) {
    StringBuilder out =
        new StringBuilder("        & Precision &  Recall  & F$_{\\beta=1} \\\\\\hline");
    for (Map.Entry<String, PrecisionRecall> type : rows(score)) {
      out.append('\n').append(type.getKey()).append(padding(7, type.getKey()));
      row(out, type.getValue());
    }
    out.append("\\hline\nOverall");
    return row(out, score.chunks()).append("\\hline\n").toString();
  }

  private static StringBuilder row(StringBuilder out, PrecisionRecall rates) {
    out.append(" &  ").append(number(rates.precision()));
    out.append("\\% & ").append(number(rates.recall()));
    return out.append("\\% & ").append(number(rates.f1())).append(" \\\\");
  }

  /**
   * Returns the types in order. The script drops the second of two equal names, but not where the
   * name is empty: the empty type is listed twice if it has both gold and predicted chunks.
   */
  private static List<Map.Entry<String, PrecisionRecall>> rows(ChunkScore score) {
    List<Map.Entry<String, PrecisionRecall>> rows = new ArrayList<>(score.types().entrySet());
    PrecisionRecall none = score.types().get("");
    if (none != null && none.gold() > 0 && none.predicted() > 0) {
      rows.add(0, Map.entry("", none));
    }
    return rows;
  }

  private static String number(double percent) {
    String text = Percent.text(percent);
    return padding(6, text) + text;
  }

  private static String padding(int width, String text) {
    return " ".repeat(Math.max(0, width - text.length()));
  }

  /** A line that the script rejects, with its message: one char per byte. */
  public static final class LineException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    LineException(String message, int status) {
      super(message);
      this.status = status;
    }

    /** The script's exit status. */
    public int status() {
      return status;
    }
  }

  /** Recently read tags; a new one replaces one with the same hash. */
  private final class TagCache {
    private final @Nullable String[] texts = new String[CACHED];
    private final ChunkTag[] tags = new ChunkTag[CACHED];

    ChunkTag get(String text) {
      int hash = text.hashCode();
      int place = (hash ^ (hash >>> 16)) & (CACHED - 1);
      if (!text.equals(texts[place])) {
        texts[place] = text;
        tags[place] = rawOutside == null ? ChunkTag.of(text) : ChunkTag.ofRaw(text, rawOutside);
      }
      return tags[place];
    }
  }
}
