package io.github.rnnotator.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Colours of tags in files, web pages and terminals: a hue for each, and a style sheet with light
 * and dark colours, in which text has a contrast of at least 4.5 to 1 for every hue.
 */
public final class TagStyle {
  private static final String SHEET = "tagged.css";

  /** Angle between successive hues that keeps any number of them distinct. */
  private static final double GOLDEN_ANGLE = 137.508;

  /** Related tags are neighbours; tags of little meaning ({@code PUNCT}) have no hue. */
  private static final Map<String, Integer> KNOWN =
      Map.ofEntries(
          Map.entry("NOUN", 215),
          Map.entry("PROPN", 240),
          Map.entry("PRON", 265),
          Map.entry("VERB", 5),
          Map.entry("AUX", 345),
          Map.entry("ADJ", 135),
          Map.entry("ADV", 165),
          Map.entry("ADP", 40),
          Map.entry("DET", 60),
          Map.entry("PART", 85),
          Map.entry("NUM", 190),
          Map.entry("CCONJ", 290),
          Map.entry("SCONJ", 310),
          Map.entry("INTJ", 330),
          Map.entry("PUNCT", -1),
          Map.entry("SYM", -1),
          Map.entry("X", -1),
          Map.entry("PER", 210),
          Map.entry("PERSON", 210),
          Map.entry("LOC", 130),
          Map.entry("GPE", 150),
          Map.entry("ORG", 30),
          Map.entry("MISC", 285),
          Map.entry("DATE", 185),
          Map.entry("TIME", 200));

  private TagStyle() {}

  /**
   * Returns a hue in degrees, 0 to 359, for each tag that has one; the others are grey.
   *
   * @param tags the tags, or the types of mentions, of one head
   */
  public static Map<String, Integer> hues(List<String> tags) {
    Map<String, Integer> hues = new LinkedHashMap<>();
    int others = 0;
    for (String tag : tags) {
      Integer known = KNOWN.get(tag);
      if (known == null) {
        hues.put(tag, (int) (20 + others++ * GOLDEN_ANGLE) % 360);
      } else if (known >= 0) {
        hues.put(tag, known);
      }
    }
    return Collections.unmodifiableMap(hues);
  }

  /**
   * Returns the style sheet of tagged text: an element of class {@code tagged} with a {@code span}
   * for each token and a {@code mark} for each mention. {@code --h} is the hue, {@code --s} the
   * saturation.
   */
  public static String sheet() {
    try (InputStream in = TagStyle.class.getResourceAsStream(SHEET)) {
      if (in == null) {
        throw new IllegalStateException(SHEET + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
