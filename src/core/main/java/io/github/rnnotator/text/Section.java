package io.github.rnnotator.text;

import java.util.Objects;

/**
 * The place of a section in its document and file. The sections of a document are contiguous and
 * complete. Immutable.
 *
 * @param begins whether the document begins with it
 * @param ends whether it ends a document of a file that has others
 * @param continues whether another section of the same document follows
 * @param unit its offset in the document, in UTF-16 units
 * @param codePoint its offset in the document, in code points
 * @param origin the file and the line on which it begins
 */
public record Section(
    boolean begins, boolean ends, boolean continues, long unit, long codePoint, Origin origin) {
  /** A whole document that was not read from a file. */
  public static final Section WHOLE = wholeFile("");

  /** Checks that there is an origin. */
  public Section {
    Objects.requireNonNull(origin, "origin");
  }

  /** The section of a document that fills a file. */
  public static Section wholeFile(String file) {
    return new Section(true, false, false, 0, 0, Origin.at(file, 1));
  }

  /** The section of a document in a file with other documents. */
  public static Section inFile(String file) {
    return wholeFile(file).shared();
  }

  /** Returns the section in a file with other documents. */
  public Section shared() {
    return new Section(begins, !continues, continues, unit, codePoint, origin);
  }
}
