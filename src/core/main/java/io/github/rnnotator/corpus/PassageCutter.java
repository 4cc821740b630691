package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Splits a document in memory into passages. */
final class PassageCutter {
  private PassageCutter() {}

  /** Returns the passages of a document; one empty passage for an empty text. */
  static List<Document> cut(
      String document,
      String source,
      int line,
      String text,
      ToIntFunction<String> cut,
      int longest) {
    List<Document> passages = new ArrayList<>();
    long codePoints = 0;
    int begin = 0;
    do {
      int end = text.length();
      if (end - begin > longest) {
        end = begin + cut.applyAsInt(text.substring(begin, begin + longest));
      }
      String part = text.substring(begin, end);
      passages.add(
          new Document(
              document,
              part,
              List.of(),
              new Section(
                  begin == 0,
                  end == text.length(),
                  end < text.length(),
                  begin,
                  codePoints,
                  Origin.at(source, line))));
      codePoints += part.codePointCount(0, part.length());
      begin = end;
    } while (begin < text.length());
    return passages;
  }
}
