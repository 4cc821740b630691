package io.github.rnnotator.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element of HTML or SVG. Text and attributes are escaped when they are written, and nowhere
 * else, so data stays text. (Style sheets are the exception: HTML does not escape them.) What is
 * written is also well-formed XML.
 *
 * <pre>{@code
 * Element.of("p", "Found ", Element.of("b", name), ".").with("class", "note")
 * }</pre>
 */
final class Element {
  private static final Set<String> EMPTY = Set.of("meta", "br");

  /** The element in whose text HTML knows no escapes. */
  private static final String STYLE = "style";

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();

  /** Strings and elements. */
  private final List<Object> children = new ArrayList<>();

  private Element(String name) {
    this.name = name;
  }

  /**
   * An element with these children.
   *
   * @param children elements, text, or lists of both
   */
  static Element of(String name, Object... children) {
    return new Element(name).add(children);
  }

  /** Sets an attribute and gives the element itself. */
  Element with(String attribute, Object value) {
    attributes.put(attribute, String.valueOf(value));
    return this;
  }

  /** Adds children and gives the element itself. */
  Element add(Object... more) {
    for (Object child : more) {
      if (child instanceof List<?> several) {
        several.forEach(this::add);
      } else {
        children.add(child instanceof Element ? child : String.valueOf(child));
      }
    }
    return this;
  }

  /** Writes the element with all that it holds. */
  void appendTo(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(attribute).append("=\"");
          escape(value, out);
          out.append('"');
        });
    if (EMPTY.contains(name)) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Object child : children) {
      if (child instanceof Element element) {
        element.appendTo(out);
      } else if (name.equals(STYLE)) {
        out.append(requireStyle(child.toString()));
      } else {
        escape(child.toString(), out);
      }
    }
    out.append("</").append(name).append('>');
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }

  private static String requireStyle(String css) {
    if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
      throw new IllegalArgumentException("a style sheet with < or &, which can't be escaped");
    }
    return css;
  }

  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
  }

  /**
   * Returns whether both HTML and XML allow a character: not control characters and lone
   * surrogates.
   */
  private static boolean isAllowed(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n' || c >= 0x7F && c < 0xA0;
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !half && (c & 0xFFFE) != 0xFFFE && !(c >= 0xFDD0 && c <= 0xFDEF);
  }
}
