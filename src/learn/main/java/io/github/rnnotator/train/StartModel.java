package io.github.rnnotator.train;

import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.data.ScoredHeads;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.LemmaDictionary;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
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
   * heads, which a finished model lacks. It may have other heads than the model.
   *
   * @throws IllegalArgumentException if its layers differ from those of the model, or a head that
   *     keeps its name can't keep its weights, or its dictionary
   */
  public Recipe recipe(Recipe recipe) {
    if (leavesOutAuxiliary(recipe)) {
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
    String stay = "layers stay, except for their rank, so leave this section out";
    same("embed", shape(own.embed()), shape(wanted.embed()), stay);
    same("context", own.context(), wanted.context(), stay);
    same("encoder", shape(own.encoder()), shape(wanted.encoder()), stay);
    wanted.heads().forEach((name, head) -> checkHead(name, recipe));
    return new Recipe(wanted, recipe.training(), recipe.segment(), null, recipe.auxiliary());
  }

  /**
   * Returns a recipe without the heads that a file lacks gold tags of, as long as others remain.
   *
   * @param data the training data, and the dev data if they are another file
   * @param notes receives a line for each head that is left out
   */
  public static Recipe withGold(Recipe recipe, List<Path> data, Consumer<String> notes)
      throws IOException {
    TaggerConfig tagger = recipe.tagger();
    SentenceSource format = Formats.of(tagger.input(), tagger.embed());
    Map<String, Measure> kept = HeadMeasures.of(tagger);
    for (Path file : data) {
      kept = ScoredHeads.of(format, file, kept, "it is left out", notes);
    }
    Set<String> left = new TreeSet<>(tagger.heads().keySet());
    left.removeAll(kept.keySet());
    return left.isEmpty() ? recipe : recipe.without(left);
  }

  private boolean leavesOutAuxiliary(Recipe recipe) {
    return !recipe.auxiliary().isEmpty()
        && Collections.disjoint(recipe.auxiliary(), model.config().heads().keySet());
  }

  private void checkHead(String name, Recipe recipe) {
    HeadConfig own = model.config().heads().get(name);
    Map<String, HeadConfig> heads = recipe.tagger().heads();
    HeadConfig wanted = Objects.requireNonNull(heads.get(name));
    if (own == null) {
      if (recipe.training().epochs() == 0) {
        throw new IllegalArgumentException(
            "train.epochs is 0, but the head " + name + " is new, and would learn nothing");
      }
      return;
    }
    same("heads." + name, shape(own), shape(wanted), "so give this head another name");
    if (own.sharesParts() && own.rank() > 0 && wanted.rank() == 0) {
      throw new IllegalArgumentException(
          "heads.%s.rank is 0, and %d in the model; where labels share weights, a rank may change, but stays"
              .formatted(name, own.rank()));
    }
    LemmaDictionary dictionary = Objects.requireNonNull(model.labels().get(name)).dictionary();
    if (dictionary != null
        && !dictionary.tags().isEmpty()
        && !heads.containsKey(dictionary.tags())) {
      throw new IllegalArgumentException(
          "the dictionary of head %s has lemmas by form and %s, and the head %s is missing; keep it, or give %s another name"
              .formatted(name, dictionary.tags(), dictionary.tags(), name));
    }
  }

  /**
   * Returns a line for each layer and head that is not as in the model.
   *
   * @param recipe as it was read
   */
  public List<String> changes(Recipe recipe) {
    List<String> changes = new ArrayList<>();
    if (leavesOutAuxiliary(recipe)) {
      changes.add(
          "auxiliary heads "
              + String.join(", ", recipe.auxiliary())
              + " are left out: the model lacks them");
      recipe = recipe.withoutAuxiliary();
    }
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
            addAgreement(name, own.get(name).agree(), head.agree(), changes);
          } else {
            changes.add("head " + name + " is new");
          }
        });
    List<String> left = own.keySet().stream().filter(name -> !heads.containsKey(name)).toList();
    if (!left.isEmpty()) {
      changes.add("left out of the model's heads: " + String.join(", ", left));
    }
    return changes;
  }

  /**
   * Returns a line for each head that keeps its name whose labels are not all in the model.
   *
   * @throws IllegalArgumentException if none of them is in the model
   */
  public List<String> newLabels(Recipe recipe, GoldCorpus data) {
    List<String> lines = new ArrayList<>();
    recipe
        .tagger()
        .heads()
        .forEach(
            (name, head) -> {
              Labels known = model.labels().get(name);
              if (known != null && !known.areScripts()) {
                Set<String> found = new TreeSet<>();
                tags(data, name).forEach(tags -> found.addAll(types(tags)));
                newLabels(name, types(known.names()), found).ifPresent(lines::add);
              }
            });
    return lines;
  }

  private static Optional<String> newLabels(String head, Set<String> known, Set<String> found) {
    Set<String> added = new TreeSet<>(found);
    added.removeAll(known);
    if (added.isEmpty()) {
      return Optional.empty();
    }
    if (added.size() == found.size()) {
      throw new IllegalArgumentException(
          "head %s has the labels %s in the model, and only others in the data (%s); give it another name"
              .formatted(head, some(known), some(added)));
    }
    return Optional.of(
        "head %s keeps its %d labels and adds %s".formatted(head, known.size(), some(added)));
  }

  private static String some(Set<String> labels) {
    String first = labels.stream().limit(5).collect(Collectors.joining(", "));
    return labels.size() > 5 ? first + ", ..." : first;
  }

  /** Returns the tags of a head in each sentence that has some. */
  private static List<List<String>> tags(GoldCorpus data, String head) {
    return data.documents().stream()
        .flatMap(List::stream)
        .map(sentence -> sentence.tags().get(head))
        .filter(Objects::nonNull)
        .map(TagSequence::tags)
        .toList();
  }

  /** Returns labels without the prefixes of chunks, and without those of no chunk or gold tag. */
  private static Set<String> types(List<String> labels) {
    return labels.stream()
        .filter(label -> !label.equals("O") && !label.equals("_"))
        .map(label -> label.replaceFirst("^[BIESLU]-", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void add(String part, int own, int rank, List<String> changes) {
    if (own != rank) {
      changes.add("%s has rank %d, in the model it has rank %d".formatted(part, rank, own));
    }
  }

  private static void addAgreement(
      String head, List<String> own, List<String> agree, List<String> changes) {
    if (!own.equals(agree)) {
      changes.add(
          agree.isEmpty()
              ? "head %s no longer agrees with %s".formatted(head, String.join(", ", own))
              : "head %s agrees with %s".formatted(head, String.join(", ", agree)));
    }
  }

  private static void same(
      String key, @Nullable Object own, @Nullable Object wanted, String remedy) {
    if (!Objects.equals(own, wanted)) {
      throw new IllegalArgumentException(
          "the configuration has another %s (%s) than the model (%s); %s"
              .formatted(key, wanted, own, remedy));
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

  private static String shape(HeadConfig head) {
    return head.kind().name().toLowerCase(Locale.ROOT)
        + (head.scheme() == null ? "" : ", scheme " + head.scheme())
        + (head.pooling() == null ? "" : ", pooling " + head.pooling())
        + (head.parts() ? ", parts" : "");
  }

  /** Returns the data with chunk tags in the schemes of the model, which its output keeps. */
  public GoldCorpus inSchemes(GoldCorpus data) {
    GoldCorpus converted = data;
    for (Map.Entry<String, TagScheme> head : model.schemes().entrySet()) {
      Optional<TagScheme> found = SchemeDetection.detect(tags(data, head.getKey()));
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
