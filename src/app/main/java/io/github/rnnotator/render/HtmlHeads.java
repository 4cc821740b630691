package io.github.rnnotator.render;

import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Assigns heads to a page's elements: mentions of the first head with a scheme, colours of the
 * first other one, and all on hover. Writes everything before the text. The only model data in the
 * style sheet are numbers and head names of letters, digits, {@code _} and {@code -}.
 *
 * @param names all heads
 * @param mentions the head whose mentions are marked, or empty
 * @param scheme its scheme
 * @param types the types of its mentions
 * @param tags the head whose tags are coloured, or empty
 * @param tagNames its tags
 * @param attributes the attribute of each head requested so far, for one thread
 */
record HtmlHeads(
    List<String> names,
    String mentions,
    @Nullable TagScheme scheme,
    List<String> types,
    String tags,
    List<String> tagNames,
    Map<String, String> attributes) {
  static final String PROBABILITY = "-probability";

  static HtmlHeads of(Map<String, List<String>> all, Map<String, TagScheme> schemes) {
    // A mention ends where its name ends, so that its suffix needs no attribute.
    Map<String, List<String>> kinds = new LinkedHashMap<>(all);
    kinds.keySet().removeIf(Mention::isSuffixHead);
    String mentions = kinds.keySet().stream().filter(schemes::containsKey).findFirst().orElse("");
    String tags =
        kinds.keySet().stream()
            .filter(head -> !schemes.containsKey(head))
            // A head of lemmas has no kinds; it is coloured only if it is alone.
            .min(Comparator.comparing(head -> kinds.getOrDefault(head, List.of()).isEmpty()))
            .orElse("");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String head : kinds.keySet()) {
      attributes.put(head, attribute(head, attributes.values()));
    }
    return new HtmlHeads(
        List.copyOf(kinds.keySet()),
        mentions,
        schemes.get(mentions),
        kinds.getOrDefault(mentions, List.of()),
        tags,
        kinds.getOrDefault(tags, List.of()),
        attributes);
  }

  /** Writes everything before the text. */
  void begin(StringBuilder html) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
        .append("<title>Tagged text</title><style>\n")
        .append(TagStyle.sheet());
    colours("m", types, html);
    colours("t", tagNames, html);
    styles(html);
    html.append("</style></head><body>\n<header><h1>Tagged text</h1>\n");
    legend("m", mentions, types, "mark", html);
    legend("t", tags, tagNames, "span", html);
    if (!tags.isEmpty()) {
      html.append("<p class=\"choice\"><label><input type=\"checkbox\" id=\"below\"");
      html.append(mentions.isEmpty() ? " checked=\"checked\"" : "").append("/> ");
      escape(tags, false, html);
      html.append(" below the words</label></p>\n");
    }
    html.append("</header>\n<main class=\"tagged\" lang=\"\">");
  }

  /** Writes the class of a mention type, if the model has it. */
  void mentionClass(String type, StringBuilder html) {
    kindClass("m", types.indexOf(type), html);
  }

  /** Writes the class of a tag, if the model has it. */
  void tagClass(String tag, StringBuilder html) {
    kindClass("t", tagNames.indexOf(tag), html);
  }

  private static void kindClass(String prefix, int index, StringBuilder html) {
    if (index >= 0) {
      html.append(" class=\"").append(prefix).append(index).append('"');
    }
  }

  /** The attribute of a head's tag; that of its probability ends in {@code -probability}. */
  String attribute(String head) {
    return attributes.computeIfAbsent(head, name -> attribute(name, attributes.values()));
  }

  /**
   * Returns a unique attribute for a head: {@code data-} and the name in lower case with {@code _}
   * for characters that attributes don't allow, and a number if that is taken.
   *
   * @param taken the attributes of other heads
   */
  private static String attribute(String head, Collection<String> taken) {
    String name = "data-" + head.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    String unique = name;
    for (int i = 2; isTaken(unique, taken); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }

  private static boolean isTaken(String name, Collection<String> taken) {
    return taken.stream()
        .anyMatch(
            other ->
                other.equals(name)
                    || other.equals(name + PROBABILITY)
                    || name.equals(other + PROBABILITY));
  }

  /** Writes a hue for each kind, and hides kinds that do not occur from the legend. */
  private static void colours(String prefix, List<String> kinds, StringBuilder css) {
    Map<String, Integer> hues = TagStyle.hues(kinds);
    for (int i = 0; i < kinds.size(); i++) {
      String name = "." + prefix + i;
      Integer hue = hues.get(kinds.get(i));
      if (hue != null) {
        css.append(name).append("{--h:").append(hue).append(";--s:70%}\n");
      }
      css.append("body:not(:has(main ").append(name).append(")) .key ").append(name);
      css.append("{display:none}\n");
    }
  }

  private void styles(StringBuilder css) {
    css.append(
        """
        .choice{margin:.5rem 0;font-size:.875rem} main{margin-top:1.25rem}
        input{inline-size:1.1em;block-size:1.1em;vertical-align:-.15em;accent-color:var(--accent)}
        hr{border:0;border-top:1px solid var(--line);margin:1.5rem 0 .5rem;overflow:visible}
        hr::after{content:attr(data-document);color:var(--soft);font-size:.8125rem}
        body:not(:has(main mark)) .key.m,body:not(:has(main [class^=t])) .key.t{display:none}
        main span[tabindex]:is(:hover,:focus){position:relative}
        main span[tabindex]:is(:hover,:focus)::before{position:absolute;z-index:1;inset-block-end:calc(100% + .35rem);inset-inline-start:0;
        inline-size:max-content;max-inline-size:15rem;padding:.35rem .6rem;border-radius:.4rem;background:var(--tip);color:var(--tip-ink);
        font-size:.8125rem;font-weight:400;line-height:1.45;text-align:start;white-space:pre-wrap;pointer-events:none}
        @media (max-width:78rem){main span[tabindex]:is(:hover,:focus){position:static}
        main span[tabindex]:is(:hover,:focus)::before{position:fixed;inset:auto .75rem .75rem;inline-size:auto;max-inline-size:none;font-size:.9375rem}}
        @media print{body{max-width:none;padding:0;font-size:11pt}.choice{display:none}}
        """);
    Set<String> outside =
        names.stream().filter(head -> !head.equals(mentions)).collect(Collectors.toSet());
    tip("main span[tabindex]", names.stream().filter(outside::contains).toList(), css);
    if (!mentions.isEmpty()) {
      List<String> inside = new ArrayList<>(List.of(mentions));
      names.stream().filter(outside::contains).forEach(inside::add);
      tip("main mark span[tabindex]", inside, css);
    }
    if (!tags.isEmpty()) {
      css.append("body:has(#below:checked) main span[tabindex]::after{content:attr(");
      css.append(attribute(tags)).append(")}\n");
    }
  }

  private void tip(String selector, List<String> heads, StringBuilder css) {
    if (heads.isEmpty()) {
      return;
    }
    css.append(selector).append(":is(:hover,:focus)::before{content:");
    for (int i = 0; i < heads.size(); i++) {
      String attribute = attribute(heads.get(i));
      css.append(i == 0 ? "\"" : " \"\\a ").append(attribute.substring("data-".length()));
      css.append("  \" attr(").append(attribute).append(") \"  \" attr(").append(attribute);
      css.append(PROBABILITY).append(")");
    }
    css.append("}\n");
  }

  private static void legend(
      String prefix, String head, List<String> kinds, String element, StringBuilder html) {
    if (kinds.isEmpty()) {
      return;
    }
    html.append("<ul class=\"key ").append(prefix).append("\"><li class=\"head\">");
    escape(head, false, html);
    html.append("</li>\n");
    for (int i = 0; i < kinds.size(); i++) {
      html.append("<li class=\"").append(prefix).append(i).append("\"><").append(element);
      html.append(" class=\"").append(prefix).append(i).append("\">");
      escape(kinds.get(i), false, html);
      html.append("</").append(element).append("></li>\n");
    }
    html.append("</ul>\n");
  }

  /** Escapes text or an attribute value; replaces characters that HTML does not allow. */
  static void escape(String text, boolean attribute, StringBuilder html) {
    String whole = Utf8Output.encodable(text);
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append(attribute ? "&quot;" : "\"");
        case '\r' -> html.append("&#13;");
        case '\n', '\t' -> html.append(attribute ? "&#" + (int) c + ";" : String.valueOf(c));
        default -> html.append(c < ' ' || c == '\ufffe' || c == '\uffff' ? '\ufffd' : c);
      }
    }
  }
}
