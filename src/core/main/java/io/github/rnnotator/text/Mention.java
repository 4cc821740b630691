package io.github.rnnotator.text;

import java.util.Objects;

/**
 * A typed span: a named entity or a chunk.
 *
 * @param span the tokens it covers
 * @param type its type ({@code PER}, {@code NP}, ...); may be empty where the tags carry none
 */
public record Mention(Span span, String type) {
  /** Checks that neither is null. */
  public Mention {
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(type, "type");
  }
}
