package io.github.rnnotator.tagger;

import io.github.rnnotator.text.MultiwordTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code segmenter.tsv}, the strings of a segmenter, one entry per line, with tab-separated
 * columns:
 *
 * <pre>
 *   word    don't   do n't     a multiword token and its words
 *   ending  n't      n't       its last letters; the rest of its first word, and the other words
 *   keep    Yahoo!             a token that stays whole
 * </pre>
 */
final class SegmenterFile {
  private static final String WORD = "word";
  private static final String ENDING = "ending";
  private static final String KEEP = "keep";

  private SegmenterFile() {}

  static byte[] bytes(SegmenterModel segmenter) {
    StringBuilder lines = new StringBuilder();
    append(lines, WORD, segmenter.multiword().words());
    append(lines, ENDING, segmenter.multiword().endings());
    segmenter.keep().forEach(token -> lines.append(KEEP + "\t").append(token).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder lines, String kind, Map<String, List<String>> entries) {
    entries.forEach(
        (key, words) ->
            lines
                .append(kind)
                .append('\t')
                .append(key)
                .append('\t')
                .append(String.join(" ", words))
                .append('\n'));
  }

  /**
   * Parses the file.
   *
   * @throws IllegalArgumentException if a line is not as above, or the network lacks a segmenter's
   *     heads
   */
  static SegmenterModel parse(String text, TaggerModel network) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    Map<String, List<String>> endings = new LinkedHashMap<>();
    List<String> keep = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String[] cells = line.split("\t", -1);
      if (cells.length == 2 && cells[0].equals(KEEP) && !cells[1].isBlank()) {
        keep.add(cells[1]);
      } else if (cells.length == 3 && cells[0].equals(WORD) && !cells[1].isEmpty()) {
        words.put(cells[1], List.of(cells[2].split(" ", -1)));
      } else if (cells.length == 3 && cells[0].equals(ENDING) && !cells[1].isEmpty()) {
        endings.put(cells[1], List.of(cells[2].split(" ", -1)));
      } else {
        throw new IllegalArgumentException(
            "line " + number + " is not a word, an ending or a kept token");
      }
    }
    return new SegmenterModel(network, new MultiwordTable(words, endings), keep);
  }
}
