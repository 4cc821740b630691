package io.github.rnnotator.tagger.transducer;

import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.nn.seq2seq.EncoderDecoder;
import io.github.rnnotator.nn.seq2seq.IdPair;
import io.github.rnnotator.nn.seq2seq.IdSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All of a transducer that is stored: configuration, symbols, weights. May be shared by threads
 * while the weights do not change.
 *
 * @param config the architecture
 * @param source the symbols of sources; others are unknown
 * @param target the symbols of targets; no others are written, unless they are copied
 * @param longest the length of the longest target in training; an output has at most that many
 *     symbols more than its source
 * @param network the layers with their weights
 * @param card the model card, in Markdown
 */
public record TransducerModel(
    TransducerConfig config,
    Vocabulary source,
    Vocabulary target,
    int longest,
    EncoderDecoder network,
    String card) {
  /** A longer source or target is refused. */
  public static final int LONGEST = 2000;

  /** The most symbols of a source times those of its target that a monotone decoder learns from. */
  static final int MOST_PRODUCT = 1 << 14;

  /** Checks the length. */
  public TransducerModel {
    if (longest < 0 || longest > LONGEST) {
      throw new IllegalArgumentException("longest is " + longest + ", expected 0 to " + LONGEST);
    }
  }

  /** Creates a model with fresh weights; the same seed gives the same weights. */
  public static TransducerModel create(
      TransducerConfig config, Symbols symbols, float dropout, long seed) {
    return create(config, symbols, dropout, new SplittableRandom(seed));
  }

  /** Creates a model whose weights are all to be read from a file. */
  static TransducerModel blank(TransducerConfig config, Symbols symbols) {
    return create(config, symbols, 0, Initializers.BLANK);
  }

  private static TransducerModel create(
      TransducerConfig config, Symbols symbols, float dropout, RandomGenerator random) {
    EncoderDecoder network =
        EncoderDecoder.build(
            config.encoderSpec(sourceIds(symbols.source())),
            config.decoder().spec(symbols.target().size(), config.embed().target()),
            dropout,
            config.decoder().smoothing(),
            random);
    return new TransducerModel(
        config, symbols.source(), symbols.target(), symbols.longest(), network, "");
  }

  /**
   * The symbols of the training data.
   *
   * @param longest the length of the longest target
   */
  public record Symbols(Vocabulary source, Vocabulary target, int longest) {
    /** Collects the symbols of sources and of targets. */
    public static Symbols of(List<List<String>> sources, List<List<String>> targets) {
      return of(sources, targets, Set.of());
    }

    /**
     * As {@link #of}, for a decoder that copies: a symbol that occurs once in the targets, and in
     * the source of that target too, is left out. So the decoder learns what to do with symbols
     * that it does not know.
     */
    public static Symbols copied(List<List<String>> sources, List<List<String>> targets) {
      Map<String, Integer> counts = new HashMap<>();
      targets.forEach(target -> target.forEach(symbol -> counts.merge(symbol, 1, Integer::sum)));
      Set<String> rare = new HashSet<>();
      for (int i = 0; i < targets.size(); i++) {
        Set<String> source = Set.copyOf(sources.get(i));
        targets.get(i).stream()
            .filter(symbol -> counts.getOrDefault(symbol, 0) == 1 && source.contains(symbol))
            .forEach(rare::add);
      }
      return of(sources, targets, rare);
    }

    private static Symbols of(
        List<List<String>> sources, List<List<String>> targets, Set<String> leftOut) {
      Vocabulary.Counter source = new Vocabulary.Counter();
      Vocabulary.Counter target = new Vocabulary.Counter();
      sources.forEach(symbols -> symbols.forEach(source::add));
      targets.forEach(
          symbols ->
              symbols.stream().filter(symbol -> !leftOut.contains(symbol)).forEach(target::add));
      int longest = targets.stream().mapToInt(List::size).max().orElse(0);
      return new Symbols(source.toVocabulary(1), target.toVocabulary(1), longest);
    }

    /**
     * Returns the number of weights of a model.
     *
     * @throws ArithmeticException if it overflows a {@code long}
     */
    public long weights(TransducerConfig config) {
      return config.weights(sourceIds(source), target.size());
    }
  }

  /** Every source ends with a symbol of its own, so that none is empty. */
  private static int sourceIds(Vocabulary source) {
    return source.size() + 1;
  }

  /** Returns the ids of a source, the last of which is its end. */
  public int[] sourceIds(String text) {
    return sourceIds(config.input().source().split(text));
  }

  private int[] sourceIds(List<String> symbols) {
    requireLength("source", symbols.size());
    int[] ids = new int[symbols.size() + 1];
    for (int i = 0; i < symbols.size(); i++) {
      ids[i] = source.id(symbols.get(i));
    }
    ids[symbols.size()] = source.size();
    return ids;
  }

  /**
   * Returns a source as ids, with what copying writes if the decoder copies: the target ids of its
   * symbols, and ids from the size of {@link #target} on for those that it lacks, in the order in
   * which they occur.
   */
  public IdSource source(String text) {
    List<String> symbols = config.input().source().split(text);
    int[] ids = sourceIds(symbols);
    if (!config.decoder().copy()) {
      return new IdSource(ids);
    }
    Map<String, Integer> unknown = unknown(symbols);
    int[] copies = new int[ids.length];
    for (int i = 0; i < symbols.size(); i++) {
      copies[i] = targetId(symbols.get(i), unknown);
    }
    copies[symbols.size()] = EncoderDecoder.BOUNDARY;
    return new IdSource(ids, copies);
  }

  /** The symbols of a source that can only be copied, with their ids, in order. */
  private Map<String, Integer> unknown(List<String> source) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    if (config.decoder().copy()) {
      for (String symbol : source) {
        if (!target.contains(symbol)) {
          ids.putIfAbsent(symbol, target.size() + ids.size());
        }
      }
    }
    return ids;
  }

  private int targetId(String symbol, Map<String, Integer> unknown) {
    int id = target.id(symbol);
    return id == Vocabulary.UNKNOWN ? unknown.getOrDefault(symbol, Vocabulary.UNKNOWN) : id;
  }

  /**
   * Returns a pair as ids, for training.
   *
   * @throws IllegalArgumentException if one is too long, both are too long together for monotone
   *     attention, or the target has an unknown symbol
   */
  public IdPair ids(String text, String output) {
    List<String> symbols = config.input().target().split(output);
    requireLength("target", symbols.size());
    IdSource read = source(text);
    if (config.decoder().attention() == Attention.MONOTONE
        && read.length() * (symbols.size() + 1) > MOST_PRODUCT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a source of %d and a target of %d symbols, together too long for attention: monotone"
                  + " (a product of at most %d); use general or additive",
              read.length() - 1,
              symbols.size(),
              MOST_PRODUCT));
    }
    Map<String, Integer> unknown = unknown(config.input().source().split(text));
    int[] ids = new int[symbols.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = targetId(symbols.get(i), unknown);
      if (ids[i] == Vocabulary.UNKNOWN) {
        throw new IllegalArgumentException(
            "the model can't write the symbol '" + symbols.get(i) + "'");
      }
    }
    return new IdPair(read, ids);
  }

  /**
   * Checks that a text is not too long.
   *
   * @param kind for the message
   * @throws IllegalArgumentException if it is
   */
  public static void requireLength(String kind, int symbols) {
    if (symbols > LONGEST) {
      throw new IllegalArgumentException(
          "a " + kind + " of " + symbols + " symbols, expected at most " + LONGEST);
    }
  }

  /**
   * Returns the text of target ids that were written for a source.
   *
   * @param source the source, for the ids of symbols that were copied from it
   */
  public String text(String source, int[] ids) {
    List<String> unknown = List.copyOf(unknown(config.input().source().split(source)).keySet());
    List<String> symbols = new ArrayList<>();
    for (int id : ids) {
      symbols.add(
          id < target.size()
              ? target.entries().get(id - 1).text()
              : unknown.get(id - target.size()));
    }
    return config.input().target().join(symbols);
  }

  /** Returns the same model with another card. */
  public TransducerModel withCard(String card) {
    return new TransducerModel(config, source, target, longest, network, card);
  }

  /** Returns the weights, in a fixed order. */
  public List<Parameter> parameters() {
    return network.parameters();
  }
}
