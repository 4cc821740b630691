package io.github.rnnotator.render;

import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for viewing, one token per line: the token, its tag of each head, and for heads
 * with a scheme the type of each mention with a line down to its end.
 *
 * <pre>
 *   token  upos   ner
 *   New    PROPN  LOC
 *   York   PROPN  ╰
 *   waits  VERB
 * </pre>
 *
 * <p>Words that are not parts of their multiword token follow it:
 *
 * <pre>
 *   da → de  ADP
 *      → a   DET
 * </pre>
 *
 * <p>Tokens of mentions have reverse colours. Terminal control characters are replaced.
 *
 * @param kinds head name to its tags, or the types of its mentions
 * @param schemes the scheme of each head whose tags are mentions
 * @param columns the width of the terminal; longer tokens are truncated; 0 for no limit
 * @param coloured whether to colour
 */
public record TableFormat(
    Map<String, List<String>> kinds, Map<String, TagScheme> schemes, int columns, boolean coloured)
    implements OutputFormat {
  /** Leaves out suffixes of names: a name that ends inside a token follows its type. */
  public TableFormat {
    kinds = new LinkedHashMap<>(kinds);
    kinds.keySet().removeIf(Mention::isSuffixHead);
  }

  private static final String GAP = "  ";

  /** Between a multiword token and a word that is not a part of it. */
  private static final String ARROW = " → ";

  private static final int SHORTEST_TOKEN = 6;

  /** Long tokens, such as URLs, must not move all tags to the far right. */
  private static final int LONGEST_TOKEN = 40;

  /** Colours and weights of a terminal, by their codes in ECMA-48 (SGR). */
  private enum Style {
    RESET(0),
    BOLD(1),
    FAINT(2),
    REVERSE(7),
    RED(31),
    GREEN(32),
    YELLOW(33),
    BLUE(34),
    MAGENTA(35),
    CYAN(36);

    private final String sequence;

    Style(int code) {
      this.sequence = "\u001b[" + code + "m";
    }

    String sequence() {
      return sequence;
    }
  }

  /** The text of a cell, and its style. */
  private record Cell(String text, List<Style> styles) {}

  @Override
  public List<String> extensions() {
    return List.of("txt");
  }

  @Override
  public Counts count(Document passage) {
    long tokens = passage.sentences().stream().mapToLong(s -> s.size()).sum();
    return new Counts(
        passage.section().begins() ? 1 : 0, passage.sentences().size(), tokens, 0, 0, 0);
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    OutputStream out = streams.get(0);
    return new Writer() {
      private boolean first = true;

      @Override
      public void begin() {}

      @Override
      public List<CorpusException> write(Document passage) throws IOException {
        out.write(table(passage, first).getBytes(StandardCharsets.UTF_8));
        first &= passage.sentences().isEmpty();
        return List.of();
      }

      @Override
      public void end() {}

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  /** Formats the sentences of a passage with common widths, separated by empty lines. */
  private String table(Document passage, boolean first) {
    List<List<List<Cell>>> sentences = passage.sentences().stream().map(this::rows).toList();
    if (sentences.isEmpty()) {
      return "";
    }
    List<Cell> header = new ArrayList<>(List.of(new Cell("token", List.of(Style.FAINT))));
    kinds.keySet().forEach(head -> header.add(new Cell(shown(head), List.of(Style.FAINT))));
    int[] widths = new int[header.size()];
    widen(widths, header);
    sentences.forEach(rows -> rows.forEach(row -> widen(widths, row)));
    if (columns > 0) {
      int others = 0;
      for (int i = 1; i < widths.length; i++) {
        others += GAP.length() + widths[i];
      }
      int most = Math.min(LONGEST_TOKEN, columns - others);
      widths[0] = Math.min(widths[0], Math.max(SHORTEST_TOKEN, most));
    }
    StringBuilder text = new StringBuilder();
    if (first) {
      line(header, widths, text);
    }
    for (List<List<Cell>> rows : sentences) {
      text.append(first ? "" : "\n");
      first = false;
      rows.forEach(row -> line(row, widths, text));
    }
    return text.toString();
  }

  private static void widen(int[] widths, List<Cell> row) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(row.get(i).text()));
    }
  }

  private List<List<Cell>> rows(TaggedSentence sentence) {
    int size = sentence.size();
    List<List<Cell>> rows = new ArrayList<>();
    for (SurfaceToken part : sentence.sentence().surfaceParts()) {
      String before = part.isMultiword() ? shown(part.form()) : "";
      for (int i = part.words().begin(); i < part.words().end(); i++) {
        String form = shown(sentence.sentence().form(i));
        rows.add(
            new ArrayList<>(
                List.of(new Cell(part.isMultiword() ? before + ARROW + form : form, List.of()))));
        before = " ".repeat(width(before));
      }
    }
    boolean marked = false;
    boolean tagged = false;
    for (Map.Entry<String, List<String>> head : kinds.entrySet()) {
      Map<String, Integer> hues = TagStyle.hues(head.getValue());
      TagSequence tags = sentence.tags().get(head.getKey());
      TagScheme scheme = schemes.get(head.getKey());
      if (tags == null) {
        rows.forEach(row -> row.add(new Cell("", List.of())));
      } else if (scheme != null) {
        List<Cell> cells = mentions(sentence, head.getKey(), scheme, hues);
        for (int i = 0; i < size; i++) {
          rows.get(i).add(cells.get(i));
          List<Style> styles = new ArrayList<>(cells.get(i).styles());
          if (!marked && !styles.isEmpty()) {
            styles.add(Style.REVERSE);
            rows.get(i).set(0, new Cell(rows.get(i).get(0).text(), styles));
          }
        }
        marked = true;
      } else {
        for (int i = 0; i < size; i++) {
          String tag = tags.tag(i);
          Style style = tagged ? Style.FAINT : colour(hues.get(tag));
          rows.get(i).add(new Cell(shown(tag), List.of(style)));
        }
        tagged = true;
      }
    }
    return rows;
  }

  private static List<Cell> mentions(
      TaggedSentence sentence, String head, TagScheme scheme, Map<String, Integer> hues) {
    List<Cell> cells = new ArrayList<>();
    int size = sentence.size();
    for (Mention mention : sentence.mentions(head, scheme)) {
      Span span = mention.span();
      List<Style> styles = List.of(Style.BOLD, colour(hues.get(mention.type())));
      while (cells.size() < span.begin()) {
        cells.add(new Cell("", List.of()));
      }
      String type = mention.type().isEmpty() ? "*" : shown(mention.type());
      for (int i = span.begin(); i < span.end(); i++) {
        String text = i == span.begin() ? type : i < span.end() - 1 ? "│" : "╰";
        String tail = i + 1 < span.end() ? "" : mention.tail(sentence.sentence());
        if (!tail.isEmpty()) {
          String form = sentence.sentence().form(i);
          text += " " + shown(form.substring(0, form.length() - tail.length()));
        }
        cells.add(new Cell(text, styles));
      }
    }
    while (cells.size() < size) {
      cells.add(new Cell("", List.of()));
    }
    return cells;
  }

  /** One of the six basic terminal colours, which adapt to the user's theme. */
  private static Style colour(@Nullable Integer hue) {
    if (hue == null) {
      return Style.FAINT;
    }
    Style[] around = {Style.RED, Style.YELLOW, Style.GREEN, Style.CYAN, Style.BLUE, Style.MAGENTA};
    int sector = hue < 20 ? 0 : hue < 90 ? 1 : hue < 160 ? 2 : hue < 200 ? 3 : hue < 255 ? 4 : 5;
    return around[hue >= 325 ? 0 : sector];
  }

  private void line(List<Cell> row, int[] widths, StringBuilder text) {
    int last = row.size() - 1;
    while (last > 0 && row.get(last).text().isEmpty()) {
      last--;
    }
    for (int i = 0; i <= last; i++) {
      String shown = cut(row.get(i).text(), widths[i]);
      List<Style> styles = shown.isEmpty() ? List.of() : row.get(i).styles();
      if (coloured && !styles.isEmpty()) {
        styles.forEach(style -> text.append(style.sequence()));
        text.append(shown).append(Style.RESET.sequence());
      } else {
        text.append(shown);
      }
      if (i < last) {
        text.append(" ".repeat(widths[i] - width(shown))).append(GAP);
      }
    }
    text.append('\n');
  }

  private static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int end = 0;
    int used = 1;
    while (end < text.length()) {
      int next = width(text.codePointAt(end));
      if (used + next > width) {
        break;
      }
      used += next;
      end = text.offsetByCodePoints(end, 1);
    }
    return text.substring(0, end) + "…";
  }

  /**
   * The width in terminal columns: 2 for a Chinese, Japanese or Korean character, 0 for an accent.
   */
  private static int width(String text) {
    return text.codePoints().map(TableFormat::width).sum();
  }

  private static int width(int codePoint) {
    return Math.max(0, WCWidth.wcwidth(codePoint));
  }

  /** Replaces characters that move the cursor, set colours or change the writing direction. */
  private static String shown(String text) {
    return text.replaceAll(
        "[\\p{Cc}\\p{Zl}\\p{Zp}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", "\ufffd");
  }
}
