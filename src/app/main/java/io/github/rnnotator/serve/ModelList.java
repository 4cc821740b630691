package io.github.rnnotator.serve;

import io.github.rnnotator.render.TagStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The response to {@code GET /api/models}.
 *
 * @param maxChars the maximum length of a text, in UTF-16 units
 * @param models in the order given; the first is the default
 */
record ModelList(int maxChars, List<Model> models) {
  /** A model. */
  record Model(String name, String language, List<Head> heads) {}

  /**
   * A head.
   *
   * @param mentions whether its tags are mentions of the types in {@code kinds}
   * @param hues the hue of each kind that has one, in degrees
   */
  record Head(String name, boolean mentions, List<String> kinds, Map<String, Integer> hues) {}

  static ModelList of(int maxChars, List<ServedModel> served) {
    List<Model> models = new ArrayList<>();
    for (ServedModel model : served) {
      List<Head> heads = new ArrayList<>();
      new LinkedHashMap<>(model.kinds())
          .forEach(
              (head, kinds) ->
                  heads.add(
                      new Head(
                          head, model.schemes().containsKey(head), kinds, TagStyle.hues(kinds))));
      models.add(new Model(model.name(), model.language(), heads));
    }
    return new ModelList(maxChars, models);
  }
}
