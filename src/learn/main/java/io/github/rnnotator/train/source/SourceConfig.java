package io.github.rnnotator.train.source;

import io.github.rnnotator.data.TypeMap;
import io.github.rnnotator.tagger.Group;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One corpus among several that a network learns from, an element of {@code train.sources}. What is
 * null is as in {@code input} of the recipe.
 *
 * @param name distinguishes it in scores; null for the name of the file's folder, or of the file
 * @param file the training data, relative to the working directory
 * @param dev the dev data, or null for none
 * @param format {@code conllu}, {@code columns}, {@code labelled} or {@code characters}
 * @param columns the names of the columns, for {@code columns} and {@code labelled}
 * @param heads head name to column; other heads are unknown in this source
 * @param comments whether lines that begin with {@code #} before a sentence are comments
 * @param types the new type of each type of mentions, see {@link TypeMap}; null to keep all. A null
 *     value is {@code O}.
 * @param annotates the types, after renaming, that this source annotates; null for all. Tokens
 *     outside its mentions may be in mentions of other types.
 * @param weight how often an epoch shows its sentences, more than 0
 */
public record SourceConfig(
    @Nullable String name,
    @Nullable String file,
    @Nullable String dev,
    @Nullable String format,
    @Nullable List<String> columns,
    @Nullable Map<String, String> heads,
    @Nullable Boolean comments,
    @Nullable Map<String, @Nullable String> types,
    @Nullable Set<String> annotates,
    float weight) {
  /** A larger weight is a mistake. */
  private static final float MOST = 10_000;

  private static final SourceConfig DEFAULTS =
      new SourceConfig(null, null, null, null, null, null, null, null, null, 1);

  /** Copies the collections and checks the weight. */
  public SourceConfig {
    columns = columns == null ? null : List.copyOf(columns);
    heads = heads == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(heads));
    types = types == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(types));
    annotates =
        annotates == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(annotates));
    if (!(weight > 0 && weight <= MOST)) {
      throw new IllegalArgumentException(
          "train.sources: a source has weight: "
              + weight
              + ", expected more than 0 and at most "
              + (int) MOST);
    }
    if (annotates != null && annotates.isEmpty()) {
      throw new IllegalArgumentException(
          "train.sources: a source has annotates: [], expected at least one type; a source without"
              + " mentions teaches none");
    }
  }

  /** Returns the defaults: all of {@code input}, weight 1; the file is missing. */
  public static SourceConfig defaults() {
    return DEFAULTS;
  }

  /** Returns the source of files in the format of {@code input}; null for no dev data. */
  public static SourceConfig of(Path file, @Nullable Path dev) {
    return new SourceConfig(
        null,
        file.toString(),
        dev == null ? null : dev.toString(),
        null,
        null,
        null,
        null,
        null,
        null,
        1);
  }

  /** Returns a copy that does not teach these heads. */
  public SourceConfig without(Collection<String> others) {
    if (heads == null) {
      return this;
    }
    Map<String, String> rest = new LinkedHashMap<>(heads);
    rest.keySet().removeAll(others);
    return new SourceConfig(
        name, file, dev, format, columns, rest, comments, types, annotates, weight);
  }

  /** Returns the training data. */
  public Path path() {
    if (file == null) {
      throw new IllegalArgumentException(
          "train.sources: "
              + (name == null ? "a source" : "source '" + name + "'")
              + " has no file");
    }
    return Path.of(file);
  }

  /** Returns the dev data, or null for none. */
  public @Nullable Path devPath() {
    return dev == null ? null : Path.of(dev);
  }

  /** Returns the name: that of the file's folder by default, or of the file if it has none. */
  public String label() {
    if (name != null) {
      return name;
    }
    Path folder = path().getParent();
    Path named = folder == null ? null : folder.getFileName();
    return named == null
        ? String.valueOf(path().getFileName()).replaceFirst("\\..*", "")
        : named.toString();
  }

  /** Returns what the groups of this source know about it. */
  Group.Source source() {
    return new Group.Source(label(), weight, annotates);
  }
}
