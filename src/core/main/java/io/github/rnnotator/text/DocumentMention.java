package io.github.rnnotator.text;

import org.jspecify.annotations.Nullable;

/**
 * A mention in a document: a named entity or a chunk, with its text.
 *
 * @param head the head that found it, such as {@code ner}
 * @param type its type ({@code PER}, {@code NP}, ...)
 * @param text the text it covers
 * @param begin offset of its first character in the document, in UTF-16 units
 * @param end offset after its last character
 * @param sentence the index of its sentence, from 0
 * @param tokens its tokens in that sentence
 * @param confidence the lowest probability of its tags, in 0..1, or null if unknown (gold tags)
 */
public record DocumentMention(
    String head,
    String type,
    String text,
    int begin,
    int end,
    int sentence,
    Span tokens,
    @Nullable Float confidence) {}
