package io.github.rnnotator.eval;

import java.util.Set;

/**
 * A tag as {@code conlleval} reads it: the part before the first hyphen, and the type after it.
 *
 * @param prefix {@code B}, {@code I}, {@code E}, {@code O}, {@code .}, {@code [} or {@code ]}; any
 *     other begins and ends a chunk only by a change of type
 * @param type may be empty
 */
record ChunkTag(String prefix, String type) {
  private static final Set<String> BEFORE_B = Set.of("B", "I", "O");
  private static final Set<String> BEFORE_I_OR_E = Set.of("E", "O");
  private static final Set<String> AFTER_B_OR_I = Set.of("B", "O");
  private static final Set<String> AFTER_E = Set.of("E", "I", "O");

  /** Outside of chunks; also the tag between two sentences. */
  static final ChunkTag OUTSIDE = new ChunkTag("O", "");

  static ChunkTag of(String tag) {
    int hyphen = tag.indexOf('-');
    if (hyphen < 0) {
      return new ChunkTag(tag, "");
    }
    String type = tag.substring(hyphen + 1);
    // The script takes type 0 for an empty one, since 0 is false in Perl.
    return new ChunkTag(tag.substring(0, hyphen), type.equals("0") ? "" : type);
  }

  /** A tag without a prefix, as the script reads it with {@code -r}. */
  static ChunkTag ofRaw(String tag, String outside) {
    return tag.equals(outside) || tag.equals("O") ? OUTSIDE : of("B-" + tag);
  }

  /** Returns whether this token, coming after a token tagged {@code previous}, begins a chunk. */
  boolean startsAfter(ChunkTag previous) {
    return inChunk() && !type.equals(previous.type)
        || switch (prefix) {
          case "[", "]" -> true;
          case "B" -> BEFORE_B.contains(previous.prefix);
          case "I", "E" -> BEFORE_I_OR_E.contains(previous.prefix);
          default -> false;
        };
  }

  /**
   * Returns whether a chunk that holds this token ends with it when {@code next} is the next tag.
   */
  boolean endsBefore(ChunkTag next) {
    return inChunk() && !type.equals(next.type)
        || switch (prefix) {
          case "[", "]" -> true;
          case "B", "I" -> AFTER_B_OR_I.contains(next.prefix);
          case "E" -> AFTER_E.contains(next.prefix);
          default -> false;
        };
  }

  private boolean inChunk() {
    return !prefix.equals("O") && !prefix.equals(".");
  }
}
