package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.EmbedConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a tagger: everything but its weights, words and labels.
 *
 * @param input what the files look like
 * @param embed what a token's vector is made of
 * @param encoder the recurrent layers, from the input up
 * @param heads head name to its kind, in order; at least one
 */
public record TaggerConfig(
    InputConfig input,
    EmbedConfig embed,
    List<EncoderLayer> encoder,
    Map<String, HeadConfig> heads) {
  /** Copies the collections, keeping their order, and checks that nothing is missing. */
  public TaggerConfig {
    present("input", input);
    present("embed", embed);
    present("encoder", encoder);
    present("heads", heads);
    encoder.forEach(layer -> present("a layer of the encoder", layer));
    heads.forEach((name, head) -> present("heads." + name, head));
    encoder = List.copyOf(encoder);
    heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
    if (heads.isEmpty()) {
      throw new IllegalArgumentException("heads is empty, expected at least one head");
    }
  }

  /** The same with other token vectors. */
  public TaggerConfig with(EmbedConfig embed) {
    return new TaggerConfig(input, embed, encoder, heads);
  }

  /** JSON and YAML may leave out anything. */
  private static void present(String key, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }
}
