package io.github.rnnotator.data;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.tagger.TaggerConfig;
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
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The word vectors that a configuration requests.
 *
 * @param config the configuration with the file's name in place of its path, as models keep it
 * @param vectors the vectors of the file's first words and of the training data, or null for none
 */
public record PretrainedVectors(TaggerConfig config, @Nullable WordVectors vectors) {
  /**
   * Reads the file, if any.
   *
   * @param train the training data, whose words are kept
   * @param read receives the number of words read so far
   * @param notes receives notes on the file and its coverage, one line each
   * @throws InputException if the vectors are of another length than the configuration's
   */
  public static PretrainedVectors read(
      TaggerConfig config, List<TaggedSentence> train, LongConsumer read, Consumer<String> notes)
      throws IOException {
    EmbedConfig.Words words = config.embed().words();
    if (words == null || words.vectors() == null) {
      return new PretrainedVectors(config, null);
    }
    Path file = Path.of(words.vectors());
    List<Sentence> sentences = train.stream().map(TaggedSentence::sentence).toList();
    List<String> problems = new ArrayList<>();
    WordVectors vectors =
        VectorImport.read(
            file, words.keep(), WordVectors.keysOf(sentences), words.type(), read, problems::add);
    problems.forEach(problem -> notes.accept(OneLine.of(file + ": " + problem)));
    if (vectors.dim() != words.dim()) {
      throw new InputException(
          "embed.words.dim is %d, the vectors of %s have length %d; set embed.words.dim: %d"
              .formatted(words.dim(), file, vectors.dim(), vectors.dim()));
    }
    long forms = sentences.stream().flatMap(s -> s.forms().stream()).distinct().count();
    long found =
        sentences.stream()
            .flatMap(s -> s.forms().stream())
            .distinct()
            .filter(form -> vectors.find(form) >= 0)
            .count();
    notes.accept(
        String.format(
            Locale.ROOT,
            "%s: %,d words kept (%,d kB); %,d of the training data's %,d words have a vector",
            file,
            vectors.size(),
            vectors.bytes() / 1000,
            found,
            forms));
    String name = Objects.requireNonNull(file.getFileName()).toString();
    EmbedConfig embed = config.embed().words(words.vectors(name));
    return new PretrainedVectors(config.embed(embed), vectors);
  }
}
