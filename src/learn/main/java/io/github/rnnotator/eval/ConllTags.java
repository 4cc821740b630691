package io.github.rnnotator.eval;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import java.util.List;

/** Chunk tags of any scheme as tags that {@code conlleval} reads as the same chunks. */
public final class ConllTags {
  private ConllTags() {}

  /**
   * Returns tags of IOB1 or IOB2 as they are; others (IOBES, BMES, BILOU) are converted to IOB2. A
   * missing tag stays missing.
   *
   * @throws IllegalArgumentException if a tag is in neither
   */
  static List<String> of(List<String> tags) {
    boolean ends = false;
    boolean lasts = false;
    boolean inners = false;
    for (String tag : tags) {
      char letter = letter(tag);
      inners |= letter == 'M';
      ends |= letter == 'E' || letter == 'S';
      lasts |= letter == 'L' || letter == 'U';
    }
    if (!ends && !lasts && !inners) {
      return tags;
    }
    List<String> read = inners ? tags.stream().map(TagScheme::asIobes).toList() : tags;
    return (lasts ? TagScheme.BILOU : TagScheme.IOBES).convert(read, TagScheme.IOB2);
  }

  /** Returns the mentions in tags of any scheme. */
  public static List<Mention> mentions(List<String> tags) {
    return TagScheme.IOB1.mentions(of(tags));
  }

  /**
   * Returns whether this is {@code O}, or a letter of any scheme alone or before a hyphen and a
   * type.
   */
  static boolean isChunkTag(String tag) {
    return tag.equals(TagScheme.OUTSIDE)
        || TagScheme.IOBES.isTag(tag)
        || TagScheme.BMES.isTag(tag)
        || TagScheme.BILOU.isTag(tag);
  }

  /** Returns the prefix before the hyphen, if it is one letter. */
  private static char letter(String tag) {
    return tag.length() == 1 || (tag.length() > 1 && tag.charAt(1) == '-') ? tag.charAt(0) : ' ';
  }
}
