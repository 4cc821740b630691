package io.github.rnnotator.onnx;

import io.github.rnnotator.embed.TokenIds;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import java.util.List;

/**
 * Sentences as input ids of an exported network ({@link OnnxExport}): each array is one input,
 * row-major, padded with 0. A network takes those that it has inputs for.
 *
 * @param batch the number of sentences
 * @param timesteps the length of the longest sentence
 * @param length the length of the longest word
 * @param words {@code [batch, timesteps]}
 * @param vectors {@code [batch, timesteps]}
 * @param characters {@code [batch, timesteps, length]}
 * @param wordLengths the length of each token, {@code [batch, timesteps]}; input {@code
 *     word_lengths}
 * @param shapes {@code [batch, timesteps]}
 * @param lengths the length of each sentence, {@code [batch]}
 */
public record PaddedBatch(
    int batch,
    int timesteps,
    int length,
    long[] words,
    long[] vectors,
    long[] characters,
    int[] wordLengths,
    long[] shapes,
    int[] lengths) {
  /** Encodes sentences with the ids of a model. */
  public static PaddedBatch of(List<Sentence> sentences, TaggerModel model) {
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("an empty batch, expected at least one sentence");
    }
    List<List<TokenIds>> ids =
        sentences.stream()
            .map(
                sentence ->
                    sentence.forms().stream()
                        .map(f -> TokenIds.of(f, model.config().embed(), model.vocabularies()))
                        .toList())
            .toList();
    int timesteps = sentences.stream().mapToInt(Sentence::size).max().orElseThrow();
    int length =
        ids.stream()
            .flatMap(List::stream)
            .mapToInt(token -> token.characters().length)
            .max()
            .orElseThrow();
    int tokens = Math.multiplyExact(sentences.size(), timesteps);
    long[] words = new long[tokens];
    long[] vectors = new long[tokens];
    long[] characters = new long[Math.multiplyExact(tokens, length)];
    int[] wordLengths = new int[tokens];
    long[] shapes = new long[tokens];
    int[] lengths = new int[sentences.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = ids.get(i).size();
      for (int t = 0; t < lengths[i]; t++) {
        TokenIds token = ids.get(i).get(t);
        int at = i * timesteps + t;
        words[at] = token.word();
        vectors[at] = token.vector();
        shapes[at] = token.shape();
        wordLengths[at] = token.characters().length;
        for (int c = 0; c < wordLengths[at]; c++) {
          characters[at * length + c] = token.characters()[c];
        }
      }
    }
    return new PaddedBatch(
        lengths.length,
        timesteps,
        length,
        words,
        vectors,
        characters,
        wordLengths,
        shapes,
        lengths);
  }
}
