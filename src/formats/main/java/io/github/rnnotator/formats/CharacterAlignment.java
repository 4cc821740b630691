package io.github.rnnotator.formats;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Aligns two tokenizations of one text by characters. White space, invisible characters and the
 * composition of accents are ignored.
 *
 * <pre>
 *   thes m16 cold      characters 0 to 4, 4 to 7, 7 to 11
 *   the s m16cold      characters 0 to 3, 3 to 4, 4 to 11
 * </pre>
 *
 * <p>{@code m16} on the left touches {@code m16cold} on the right, {@code thes} the two others.
 *
 * <p>The text of a sentence is that of its words or, where it has multiword tokens, that of these:
 * {@code de le} or {@code du}.
 */
final class CharacterAlignment {
  /**
   * Tokens that are written as one: a single one, or those of a multiword token.
   *
   * @param begin its first character, from 0 in the {@link TextCharacters} of the sentence
   * @param end after its last character; equal to {@code begin} where it has none
   */
  private record Piece(int firstToken, int endToken, int begin, int end) {
    /** Whether it overlaps these characters. */
    boolean touches(int from, int to) {
      return Math.max(begin, from) < Math.min(end, to);
    }
  }

  /** The characters of a sentence, and the ranges of its tokens in them. */
  private record Text(String characters, List<Piece> pieces) {
    static Text of(List<SurfaceToken> tokens) {
      StringBuilder characters = new StringBuilder();
      List<Piece> pieces = new ArrayList<>();
      for (SurfaceToken token : tokens) {
        int begin = characters.length();
        characters.append(TextCharacters.of(token.form()));
        pieces.add(
            new Piece(token.words().begin(), token.words().end(), begin, characters.length()));
      }
      return new Text(characters.toString(), pieces);
    }
  }

  private final Text from;
  private final Text to;

  private CharacterAlignment(Text from, Text to) {
    this.from = from;
    this.to = to;
  }

  /** Aligns two sentences; empty if their texts differ. */
  static Optional<CharacterAlignment> of(TaggedSentence from, TaggedSentence to) {
    for (Text left : texts(from)) {
      for (Text right : texts(to)) {
        if (left.characters().equals(right.characters())) {
          return Optional.of(new CharacterAlignment(left, right));
        }
      }
    }
    return Optional.empty();
  }

  /** The text of the words, and that of the tokens as written. */
  private static List<Text> texts(TaggedSentence sentence) {
    Sentence words = new Sentence(sentence.sentence().tokens());
    return List.of(Text.of(words.surface()), Text.of(sentence.sentence().surface()));
  }

  /**
   * Projects mentions from one side to the other: each covers all tokens that it touches. A token
   * touched by two belongs to the first; a mention that is left without tokens, or is all white
   * space, is dropped.
   *
   * @param mentions in order
   */
  List<Mention> project(List<Mention> mentions) {
    List<Mention> projected = new ArrayList<>();
    int free = 0;
    for (Mention mention : mentions) {
      int begin = Integer.MAX_VALUE;
      int end = 0;
      for (Piece piece : from.pieces()) {
        if (piece.firstToken() < mention.span().end()
            && mention.span().begin() < piece.endToken()) {
          begin = Math.min(begin, piece.begin());
          end = Math.max(end, piece.end());
        }
      }
      int first = Integer.MAX_VALUE;
      int last = 0;
      for (Piece piece : to.pieces()) {
        if (piece.touches(begin, end)) {
          first = Math.min(first, piece.firstToken());
          last = Math.max(last, piece.endToken());
        }
      }
      first = Math.max(first, free);
      if (first < last) {
        projected.add(new Mention(new Span(first, last), mention.type()));
        free = last;
      }
    }
    return projected;
  }
}
