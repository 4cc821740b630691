package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.EmbedConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a tagger: everything except its weights, words and labels.
 *
 * @param input the format of the files
 * @param embed the parts of a token's vector
 * @param group how many tokens the encoder reads as one sequence, see {@link SentenceGroups}:
 *     consecutive sentences of a document, as many as fit; 0 for sentence by sentence
 * @param context a second encoder whose mean over the sentence is appended to every token's vector,
 *     or null for none
 * @param encoder the recurrent layers, from the input up
 * @param heads maps a head's name to its configuration, in order; at least one
 */
public record TaggerConfig(
    InputConfig input,
    EmbedConfig embed,
    int group,
    @Nullable EncoderLayer context,
    List<EncoderLayer> encoder,
    Map<String, HeadConfig> heads) {
  /** The maximum of {@code group}, in tokens. */
  private static final int LARGEST_GROUP = 1 << 18;

  /** Creates a configuration without groups and without a second encoder. */
  public static TaggerConfig of(
      InputConfig input,
      EmbedConfig embed,
      List<EncoderLayer> encoder,
      Map<String, HeadConfig> heads) {
    return new TaggerConfig(input, embed, 0, null, encoder, heads);
  }

  /** Copies the collections, keeping their order, and checks that all parts are present. */
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
    if (group < 0 || group > LARGEST_GROUP) {
      throw new IllegalArgumentException(
          "group is "
              + group
              + ", expected up to "
              + LARGEST_GROUP
              + " tokens, or 0 for sentence by sentence");
    }
    if (context != null && (context.residual() || context.dense())) {
      throw new IllegalArgumentException(
          "context is residual or dense, which only layers of the encoder can be");
    }
    checkNames(heads.keySet());
    checkDocuments(input.format(), heads, group, encoder);
    checkMorphemes(heads);
    checkAgreement(heads);
    checkColumns(input, embed);
    long dim = tokenDim(embed, context);
    for (int i = 0; i < encoder.size(); i++) {
      long states = encoder.get(i).outputDim(dim);
      if (encoder.get(i).residual() && states != dim) {
        throw new IllegalArgumentException(
            "encoder."
                + i
                + " is residual, but its input has length "
                + dim
                + " and its output "
                + states
                + "; both must have the same, or use dense: true");
      }
      dim = states;
    }
  }

  /** The weights of {@code feats.values} would have the names of those that feats shares. */
  private static void checkNames(Set<String> heads) {
    for (String name : heads) {
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        String other = name.substring(0, dot);
        if (heads.contains(other)) {
          throw new IllegalArgumentException(
              "heads has "
                  + other
                  + " and "
                  + name
                  + ", whose weights would have the same names; rename one");
        }
      }
    }
  }

  private static void checkColumns(InputConfig input, EmbedConfig embed) {
    for (String column : embed.columns().keySet()) {
      if (column.isEmpty() || column.chars().anyMatch(c -> c < ' ')) {
        throw new IllegalArgumentException(
            "embed.columns has a name that is empty or has a tab, expected that of a column");
      }
      if (input.heads().containsValue(column)) {
        throw new IllegalArgumentException(
            "embed.columns has '"
                + column
                + "', the column of a head in input.heads: the model would read what it is to"
                + " predict");
      }
      if (!input.format().equals("conllu") && !input.columns().contains(column)) {
        throw new IllegalArgumentException(
            "embed.columns has '"
                + column
                + "', which is not one of input.columns "
                + input.columns());
      }
    }
    if (!embed.columns().isEmpty() && input.format().equals(InputConfig.LABELLED)) {
      throw new IllegalArgumentException(
          "embed.columns is for files with a line per token; input.format labelled has whole texts");
    }
  }

  private static void checkDocuments(
      String format, Map<String, HeadConfig> heads, int group, List<EncoderLayer> encoder) {
    long documents = heads.values().stream().filter(TaggerConfig::isOfDocuments).count();
    if (documents == 0) {
      if (format.equals(InputConfig.LABELLED)) {
        throw new IllegalArgumentException(
            "input.format is labelled, with one label per text, but no head is of kind: document");
      }
      return;
    }
    if (documents < heads.size()) {
      throw new IllegalArgumentException(
          "heads has both kind: document and kinds that tag tokens; no file has both, so train"
              + " two models");
    }
    if (!format.equals(InputConfig.LABELLED)) {
      throw new IllegalArgumentException(
          "a head is of kind: document, but input.format is "
              + format
              + ", which has no labels of whole texts; expected labelled");
    }
    if (group > 0) {
      throw new IllegalArgumentException(
          "group is "
              + group
              + ", but a head of kind: document reads a whole text as one sequence; leave group"
              + " out");
    }
    boolean last = heads.values().stream().anyMatch(h -> h.pooling() == HeadConfig.Pooling.LAST);
    EncoderLayer top = encoder.isEmpty() ? null : encoder.get(encoder.size() - 1);
    if (last && (top == null || top.residual() || top.dense())) {
      throw new IllegalArgumentException(
          "pooling: last takes the last states of the top layer of the encoder, which "
              + (top == null ? "has no layer" : "is residual or dense")
              + "; use pooling: max or mean");
    }
  }

  private static void checkMorphemes(Map<String, HeadConfig> heads) {
    heads.forEach(
        (name, head) -> {
          HeadConfig tags = head.morphemes() == null ? null : heads.get(head.morphemes());
          boolean isTagger =
              tags != null && tags.kind() == HeadConfig.Kind.SOFTMAX && tags.scheme() == null;
          if (head.morphemes() != null && !isTagger) {
            throw new IllegalArgumentException(
                "heads."
                    + name
                    + ".morphemes is "
                    + head.morphemes()
                    + ", expected a head of kind: softmax whose tags have a part for each"
                    + " morpheme");
          }
        });
  }

  /** Each head is decoded once: together with others, or with the lemmas, or alone. */
  private static void checkAgreement(Map<String, HeadConfig> heads) {
    List<String> decoded = new ArrayList<>();
    heads.values().stream()
        .map(HeadConfig::morphemes)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(decoded::add);
    heads.forEach(
        (name, head) -> {
          for (String other : head.agreement(name)) {
            HeadConfig tags = heads.get(other);
            boolean isTagger = tags != null && HeadConfig.canAgree(tags.kind(), tags.scheme());
            if (!isTagger || decoded.contains(other)) {
              throw new IllegalArgumentException(
                  "heads."
                      + name
                      + ".agree has "
                      + other
                      + (isTagger
                          ? ", which can agree only once (with another head, or with lemmas on"
                              + " morphemes)"
                          : ", expected other heads of kind: softmax without a scheme, or kind:"
                              + " feats"));
            }
            decoded.add(other);
          }
        });
  }

  /** Returns, of heads of lemmas, the head whose tags have a part for each morpheme. */
  Map<String, String> morphemes() {
    Map<String, String> morphemes = new LinkedHashMap<>();
    heads.forEach(
        (name, head) -> {
          if (head.morphemes() != null) {
            morphemes.put(name, head.morphemes());
          }
        });
    return morphemes;
  }

  private static boolean isOfDocuments(HeadConfig head) {
    return head.kind() == HeadConfig.Kind.DOCUMENT;
  }

  /** Whether the network labels whole texts; if not, it tags tokens. */
  public boolean labelsTexts() {
    return heads.values().stream().allMatch(TaggerConfig::isOfDocuments);
  }

  private static long tokenDim(EmbedConfig embed, @Nullable EncoderLayer context) {
    return embed.outputDim() + (context == null ? 0 : context.outputDim(embed.outputDim()));
  }

  /** Returns the length of the vectors that the first layer of the encoder reads. */
  long tokenDim() {
    return tokenDim(embed, context);
  }

  /** Returns a copy for files in another format. */
  public TaggerConfig input(InputConfig input) {
    return new TaggerConfig(input, embed, group, context, encoder, heads);
  }

  /** Returns a copy with other token vectors. */
  public TaggerConfig embed(EmbedConfig embed) {
    return new TaggerConfig(input, embed, group, context, encoder, heads);
  }

  /** Returns a copy with groups of up to so many tokens. */
  public TaggerConfig group(int group) {
    return new TaggerConfig(input, embed, group, context, encoder, heads);
  }

  /** Returns a copy with this second encoder, or without one if null. */
  public TaggerConfig context(@Nullable EncoderLayer context) {
    return new TaggerConfig(input, embed, group, context, encoder, heads);
  }

  /** Returns a copy with other recurrent layers. */
  public TaggerConfig encoder(List<EncoderLayer> encoder) {
    return new TaggerConfig(input, embed, group, context, encoder, heads);
  }

  /** Returns a copy with other heads. */
  public TaggerConfig heads(Map<String, HeadConfig> heads) {
    return new TaggerConfig(input, embed, group, context, encoder, heads);
  }

  /** JSON and YAML may omit any key. */
  private static void present(String key, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }
}
