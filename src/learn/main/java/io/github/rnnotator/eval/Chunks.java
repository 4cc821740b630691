package io.github.rnnotator.eval;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Chunks read out of tags, in two ways: as {@code conlleval} reads them, which finds a chunk in
 * every run of tags, and strictly, where a chunk that breaks the scheme does not count.
 */
final class Chunks {
  /** What a move requires of the types on both sides. */
  private enum Types {
    SAME,
    OTHER,
    ANY
  }

  /** From one of these letters to one of those. */
  private record Move(String from, String to, Types types) {
    boolean allows(ChunkTag left, ChunkTag right) {
      return from.contains(left.prefix())
          && to.contains(right.prefix())
          && (types == Types.ANY || (types == Types.SAME) == left.type().equals(right.type()));
    }
  }

  /** When a chunk begins, when it continues, and when it ends as a whole chunk. */
  private record Moves(List<Move> starts, List<Move> inside, List<Move> ends) {}

  private static final Map<TagScheme, Moves> STRICT = new EnumMap<>(TagScheme.class);

  static {
    STRICT.put(
        TagScheme.IOB1,
        new Moves(
            List.of(
                new Move("OB", "I", Types.ANY),
                new Move("I", "I", Types.OTHER),
                new Move("IB", "B", Types.SAME)),
            List.of(new Move("BI", "I", Types.SAME)),
            List.of(
                new Move("I", "OB", Types.ANY),
                new Move("B", "O", Types.ANY),
                new Move("B", "B", Types.SAME),
                new Move("BI", "I", Types.OTHER))));
    STRICT.put(
        TagScheme.IOB2,
        new Moves(
            List.of(new Move("OBI", "B", Types.ANY)),
            List.of(new Move("BI", "I", Types.SAME)),
            List.of(new Move("BI", "OB", Types.ANY), new Move("BI", "I", Types.OTHER))));
    STRICT.put(TagScheme.IOBES, closing("I", "E", "S"));
    STRICT.put(TagScheme.BMES, closing("M", "E", "S"));
    STRICT.put(TagScheme.BILOU, closing("I", "L", "U"));
    STRICT.put(
        TagScheme.IO,
        new Moves(
            List.of(new Move("O", "I", Types.ANY), new Move("I", "I", Types.OTHER)),
            List.of(new Move("I", "I", Types.SAME)),
            List.of(new Move("I", "O", Types.ANY), new Move("I", "I", Types.OTHER))));
  }

  private Chunks() {}

  private static Moves closing(String inner, String end, String single) {
    String all = "OB" + inner + end + single;
    return new Moves(
        List.of(new Move(all, "B" + single, Types.ANY)),
        List.of(new Move("B" + inner, inner + end, Types.SAME)),
        List.of(new Move(end + single, all, Types.ANY)));
  }

  /**
   * Returns the chunks that {@code conlleval} finds; it does not know {@code S}, {@code L} and
   * {@code U}, so IOBES and BILOU are converted to IOB2 first. A missing tag is outside.
   *
   * @throws IllegalArgumentException as {@link ConllTags#of}
   */
  static List<Mention> lenient(List<String> anyTags) {
    List<String> tags = ConllTags.of(anyTags);
    List<Mention> chunks = new ArrayList<>();
    ChunkTag previous = ChunkTag.OUTSIDE;
    int begin = -1;
    for (int i = 0; i <= tags.size(); i++) {
      boolean read = i < tags.size() && !TagSequence.isMissing(tags.get(i));
      ChunkTag tag = read ? ChunkTag.of(tags.get(i)) : ChunkTag.OUTSIDE;
      boolean starts = tag.startsAfter(previous);
      if (begin >= 0 && (starts || i == tags.size() || previous.endsBefore(tag))) {
        chunks.add(new Mention(new Span(begin, i), previous.type()));
        begin = -1;
      }
      if (starts) {
        begin = i;
      }
      previous = tag;
    }
    return chunks;
  }

  /**
   * Returns what is scored of chunks where some tokens have no gold tag: each chunk is cut at those
   * tokens, as a gold chunk ends before them.
   */
  static List<Mention> scored(List<Mention> chunks, TagSequence gold) {
    if (gold.labelled() == gold.size()) {
      return chunks;
    }
    List<Mention> pieces = new ArrayList<>();
    for (Mention chunk : chunks) {
      int begin = -1;
      for (int i = chunk.span().begin(); i <= chunk.span().end(); i++) {
        boolean labelled = i < chunk.span().end() && gold.has(i);
        if (labelled && begin < 0) {
          begin = i;
        } else if (!labelled && begin >= 0) {
          pieces.add(new Mention(new Span(begin, i), chunk.type()));
          begin = -1;
        }
      }
    }
    return pieces;
  }

  /**
   * Returns the chunks that seqeval's strict mode finds (its {@code scheme.py}, whose tables these
   * are; IO, which it lacks, is added, and BILOU is IOBES with other letters). So in IOB2 an {@code
   * I} opens nothing: one after {@code O} or after another type belongs to no chunk, and the chunk
   * before it ends there. In IOBES only {@code S} and {@code B I* E} of one type are chunks: an
   * {@code E} or {@code I} without its {@code B}, or a {@code B} without its {@code E}, is left
   * out. In IOB1 a {@code B} opens only right after a chunk of its own type.
   *
   * <p>A tag whose prefix is not in the scheme, which seqeval rejects, is read as {@code O}.
   */
  static List<Mention> strict(TagScheme scheme, List<String> tags) {
    Moves moves = STRICT.get(scheme);
    if (moves == null) {
      throw new IllegalArgumentException("no strict reading of " + scheme);
    }
    List<ChunkTag> read = new ArrayList<>(tags.size() + 1);
    for (String tag : tags) {
      read.add(scheme.isTag(tag) ? ChunkTag.of(tag) : ChunkTag.OUTSIDE);
    }
    read.add(ChunkTag.OUTSIDE);
    List<Mention> chunks = new ArrayList<>();
    ChunkTag previous = ChunkTag.OUTSIDE;
    for (int i = 0; i < tags.size(); ) {
      int begin = i++;
      if (any(moves.starts, previous, read.get(begin))) {
        while (any(moves.inside, read.get(i - 1), read.get(i))) {
          i++;
        }
        if (any(moves.ends, read.get(i - 1), read.get(i))) {
          chunks.add(new Mention(new Span(begin, i), read.get(begin).type()));
        }
      }
      previous = read.get(i - 1);
    }
    return chunks;
  }

  private static boolean any(List<Move> moves, ChunkTag left, ChunkTag right) {
    for (Move move : moves) {
      if (move.allows(left, right)) {
        return true;
      }
    }
    return false;
  }
}
