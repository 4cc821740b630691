package io.github.rnnotator.data;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.tagger.pretrained.PretrainedFile;
import io.github.rnnotator.text.OneLine;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.vectors.VectorImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pretrained parts that a recipe requests.
 *
 * @param config the configuration with the file's name in place of its path, as models keep it
 * @param vectors the vectors of the file's first words and of the training data, or null for none
 * @param layers pretrained layers whose words the vectors are, or null for none
 */
public record PretrainedVectors(
    TaggerConfig config, @Nullable WordVectors vectors, @Nullable PretrainedEncoder layers) {
  /**
   * Reads the files, if any. With pretrained layers, words are theirs and those of {@code
   * embed.words.vectors}, see {@link VocabularyExpansion}.
   *
   * @param pretrained the file of pretrained layers, or null for none
   * @param train the training data, whose words are kept
   * @param read receives the number of words read so far
   * @param notes receives notes on the file and its coverage, one line each
   * @throws InputException if the vectors are of another length than the configuration's, or the
   *     layers do not fit it
   */
  public static PretrainedVectors read(
      TaggerConfig config,
      @Nullable Path pretrained,
      List<TaggedSentence> train,
      LongConsumer read,
      Consumer<String> notes)
      throws IOException {
    List<Sentence> sentences = train.stream().map(TaggedSentence::sentence).toList();
    if (pretrained != null) {
      return ofLayers(config, pretrained, sentences, read, notes);
    }
    EmbedConfig.Words words = config.embed().words();
    if (words == null || words.vectors() == null) {
      return new PretrainedVectors(config, null, null);
    }
    Path file = Path.of(words.vectors());
    WordVectors vectors = vectors(file, words, words.type(), sentences, read, notes);
    if (vectors.dim() != words.dim()) {
      throw new InputException(
          "embed.words.dim is %d, the vectors of %s have length %d; set embed.words.dim: %d"
              .formatted(words.dim(), file, vectors.dim(), vectors.dim()));
    }
    return named(config, file, vectors, null, sentences, notes);
  }

  private static WordVectors vectors(
      Path file,
      EmbedConfig.Words words,
      WordVectors.Type type,
      List<Sentence> sentences,
      LongConsumer read,
      Consumer<String> notes)
      throws IOException {
    List<String> problems = new ArrayList<>();
    WordVectors vectors =
        VectorImport.read(
            file, words.keep(), WordVectors.keysOf(sentences), type, read, problems::add);
    problems.forEach(problem -> notes.accept(OneLine.of(file + ": " + problem)));
    return vectors;
  }

  private static PretrainedVectors ofLayers(
      TaggerConfig config,
      Path file,
      List<Sentence> sentences,
      LongConsumer read,
      Consumer<String> notes)
      throws IOException {
    PretrainedEncoder layers = PretrainedFile.read(file);
    try {
      layers.config().requireFit(config);
    } catch (IllegalArgumentException e) {
      throw new InputException("pretrained.from " + file + ": " + e.getMessage());
    }
    EmbedConfig.Words words = Objects.requireNonNull(config.embed().words());
    Set<String> needed = WordVectors.keysOf(sentences);
    WordVectors vectors;
    if (words.vectors() == null) {
      vectors = layers.vectors(words.keep(), needed, words.type());
    } else {
      WordVectors.Type exact = WordVectors.Type.F16;
      WordVectors more = vectors(Path.of(words.vectors()), words, exact, sentences, read, notes);
      WordVectors own = layers.vectors(Integer.MAX_VALUE, needed, exact);
      vectors = new VocabularyExpansion(own, more).words(words.keep(), needed, words.type());
      notes.accept(
          String.format(
              Locale.ROOT,
              "%s: %,d words that %s lacks",
              words.vectors(),
              IntStream.range(0, vectors.size())
                  .filter(row -> own.find(vectors.word(row)) < 0)
                  .count(),
              file));
    }
    return named(config, file, vectors, layers, sentences, notes);
  }

  /** Reports the coverage, and names the file in the configuration. */
  private static PretrainedVectors named(
      TaggerConfig config,
      Path file,
      WordVectors vectors,
      @Nullable PretrainedEncoder layers,
      List<Sentence> sentences,
      Consumer<String> notes) {
    List<String> forms = sentences.stream().flatMap(s -> s.forms().stream()).distinct().toList();
    notes.accept(
        String.format(
            Locale.ROOT,
            "%s: %,d words kept (%,d kB); %,d of the training data's %,d words have a vector",
            file,
            vectors.size(),
            vectors.bytes() / 1000,
            forms.stream().filter(form -> vectors.find(form) >= 0).count(),
            forms.size()));
    String name = Objects.requireNonNull(file.getFileName()).toString();
    EmbedConfig.Words words = Objects.requireNonNull(config.embed().words());
    EmbedConfig embed = config.embed().words(words.vectors(name));
    return new PretrainedVectors(config.embed(embed), vectors, layers);
  }
}
