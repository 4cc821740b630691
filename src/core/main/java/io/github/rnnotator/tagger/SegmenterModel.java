package io.github.rnnotator.tagger;

import io.github.rnnotator.text.MultiwordTable;
import java.util.List;

/**
 * A trained segmenter as data: a network over the pieces of a text, the words of multiword tokens,
 * and the tokens that are never cut. Immutable.
 *
 * @param network tags each piece with heads {@value #TOKEN} and {@value #SENTENCE}
 * @param multiword the words of multiword tokens
 * @param keep tokens that stay whole wherever they occur, such as {@code Yahoo!}
 */
public record SegmenterModel(TaggerModel network, MultiwordTable multiword, List<String> keep) {
  /** The head that says whether a token ends with a piece. */
  public static final String TOKEN = "token";

  /** The head that says whether a sentence ends with a piece. */
  public static final String SENTENCE = "sentence";

  /** The label of a piece whose token continues in the next one. */
  public static final String INSIDE = "inside";

  /** The label of the last piece of a token or sentence. */
  public static final String END = "end";

  /** The label of the last piece of a multiword token. */
  public static final String MULTIWORD = "multiword";

  /** Checks that the network has the heads of a segmenter. */
  public SegmenterModel {
    keep = List.copyOf(keep);
    if (!network.labels().keySet().containsAll(List.of(TOKEN, SENTENCE))
        || network.segmenter() != null) {
      throw new IllegalArgumentException(
          "a segmenter has the heads "
              + TOKEN
              + " and "
              + SENTENCE
              + ", not "
              + network.labels().keySet());
    }
  }
}
