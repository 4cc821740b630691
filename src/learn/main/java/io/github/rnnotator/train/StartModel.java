package io.github.rnnotator.train;

import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.weights.ModelAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The model that a run begins with.
 *
 * @param names its file, or the name of a bundled model; several if it is their average
 * @param model its contents
 */
public record StartModel(List<Path> names, TaggerModel model) {
  /** Copies the list. */
  public StartModel {
    names = List.copyOf(names);
  }

  /** Creates a start with one model. */
  public StartModel(Path name, TaggerModel model) {
    this(List.of(name), model);
  }

  /** Reads a model file, or a bundled model by its name. */
  public static StartModel read(Path name) throws IOException {
    return read(List.of(name));
  }

  /**
   * Reads several models and averages their weights, see {@link ModelAverage}.
   *
   * @throws IllegalArgumentException if they were not trained from one model on the same data
   */
  public static StartModel read(List<Path> names) throws IOException {
    List<TaggerModel> models = new ArrayList<>();
    for (Path name : names) {
      models.add(BundledModel.readNamed(name).model());
    }
    return new StartModel(names, models.size() == 1 ? models.get(0) : ModelAverage.of(models));
  }

  /**
   * Returns the recipe with the file of pretrained vectors that the model has, whose vectors are in
   * the model, and without pretrained layers, which the model's weights replace, and auxiliary
   * heads, which a finished model lacks. It may have other heads than the model; those of the same
   * name must be of the same kind.
   *
   * @throws IllegalArgumentException if its layers differ from those of the model
   */
  public Recipe recipe(Recipe recipe) {
    if (!recipe.auxiliary().isEmpty()
        && Collections.disjoint(recipe.auxiliary(), model.config().heads().keySet())) {
      return recipe(recipe.withoutAuxiliary());
    }
    TaggerConfig wanted = recipe.tagger();
    TaggerConfig own = model.config();
    EmbedConfig.Words words = wanted.embed().words();
    EmbedConfig.Words ownWords = own.embed().words();
    if (words != null
        && ownWords != null
        && (words.vectors() != null || recipe.pretrained() != null)
        && ownWords.vectors() != null) {
      wanted = wanted.embed(wanted.embed().words(words.vectors(ownWords.vectors())));
    }
    same("embed", shape(own.embed()), shape(wanted.embed()));
    same("context", own.context(), wanted.context());
    same("encoder", shape(own.encoder()), shape(wanted.encoder()));
    Map<String, String> heads = shape(wanted.heads());
    shape(own.heads())
        .forEach((name, shape) -> same("heads." + name, shape, heads.getOrDefault(name, shape)));
    wanted.heads().forEach((name, head) -> checkRank(name, own.heads().get(name), head));
    return new Recipe(wanted, recipe.training(), recipe.segment(), null, recipe.auxiliary());
  }

  private static void checkRank(String name, @Nullable HeadConfig own, HeadConfig wanted) {
    if (own != null && own.sharesParts() && own.rank() > 0 && wanted.rank() == 0) {
      throw new IllegalArgumentException(
          "the configuration has heads.%s without a rank, in the model it has rank %d, which weights that labels share can't do without"
              .formatted(name, own.rank()));
    }
  }

  /** Returns a line for each layer and head that is not as in the model. */
  public List<String> changes(Recipe recipe) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < recipe.tagger().encoder().size(); i++) {
      int own = model.config().encoder().get(i).rank();
      add("encoder layer " + (i + 1), own, recipe.tagger().encoder().get(i).rank(), changes);
    }
    Map<String, HeadConfig> heads = recipe.tagger().heads();
    Map<String, HeadConfig> own = model.config().heads();
    heads.forEach(
        (name, head) -> {
          if (own.containsKey(name)) {
            add("head " + name, own.get(name).rank(), head.rank(), changes);
          } else {
            changes.add("head " + name + " is new");
          }
        });
    for (String name : own.keySet()) {
      if (!heads.containsKey(name)) {
        changes.add("head " + name + " of the model is left out");
      }
    }
    return changes;
  }

  private static void add(String part, int own, int rank, List<String> changes) {
    if (own != rank) {
      changes.add("%s has rank %d, in the model it has rank %d".formatted(part, rank, own));
    }
  }

  private static void same(String key, @Nullable Object own, @Nullable Object wanted) {
    if (!Objects.equals(own, wanted)) {
      throw new IllegalArgumentException(
          "the configuration has another "
              + key
              + " ("
              + wanted
              + ") than the model ("
              + own
              + "); layers stay, except for their rank, and so do heads that keep their name");
    }
  }

  /** Returns the settings that determine the number and meaning of the weights. */
  private static Map<String, Object> shape(EmbedConfig embed) {
    Map<String, Object> shape = new LinkedHashMap<>();
    EmbedConfig.Words words = embed.words();
    if (words != null) {
      shape.put("words.dim", words.dim());
      shape.put("words.lowercase", words.lowercase());
      shape.put("words.vectors", words.vectors() != null);
      shape.put("words.tune", words.tune());
      shape.put("words.trained", words.trained());
    }
    if (embed.characters() != null) {
      shape.put("characters", embed.characters());
    }
    shape.put("shape", embed.shape());
    shape.put("columns", embed.columns());
    return shape;
  }

  /** Returns the layers without their ranks, which may differ. */
  private static List<EncoderLayer> shape(List<EncoderLayer> encoder) {
    return encoder.stream().map(layer -> layer.rank(0)).toList();
  }

  private static Map<String, String> shape(Map<String, HeadConfig> heads) {
    return heads.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                head ->
                    head.getValue().kind()
                        + " "
                        + head.getValue().scheme()
                        + " "
                        + head.getValue().pooling()
                        + (head.getValue().parts() ? " parts" : ""),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  /** Returns the data with chunk tags in the schemes of the model, which its output keeps. */
  public GoldCorpus inSchemes(GoldCorpus data) {
    GoldCorpus converted = data;
    for (Map.Entry<String, TagScheme> head : model.schemes().entrySet()) {
      List<List<String>> tags =
          data.documents().stream()
              .flatMap(List::stream)
              .map(sentence -> sentence.tags().get(head.getKey()))
              .filter(Objects::nonNull)
              .map(TagSequence::tags)
              .toList();
      Optional<TagScheme> found = SchemeDetection.detect(tags);
      if (found.isPresent() && found.get() != head.getValue()) {
        converted = converted.map(s -> convert(s, head.getKey(), found.get(), head.getValue()));
      }
    }
    return converted;
  }

  private static TaggedSentence convert(
      TaggedSentence sentence, String head, TagScheme from, TagScheme to) {
    TagSequence tags = sentence.tags().get(head);
    if (tags == null) {
      return sentence;
    }
    Map<String, TagSequence> all = new LinkedHashMap<>(sentence.tags());
    all.put(head, TagSequence.of(from.convert(tags.tags(), to)));
    return sentence.with(all);
  }

  /** Returns the section on this model in the card of the new one: its own card, one level down. */
  public String card() {
    List<String> files = names.stream().map(name -> name.getFileName().toString()).toList();
    String title = files.size() == 1 ? "Trained further from " : "Average of ";
    return ModelCard.section(title + String.join(", ", files), model.card());
  }
}
