package io.github.rnnotator.text;

/**
 * A mention in a document: a named entity or a chunk, with its text.
 *
 * @param type its type ({@code PER}, {@code NP}, ...)
 * @param text the text it covers
 * @param begin offset of its first character in the document, in UTF-16 units
 * @param end offset after its last character
 * @param sentence the index of its sentence, from 0
 * @param tokens its tokens in that sentence
 */
public record DocumentMention(
    String type, String text, int begin, int end, int sentence, Span tokens) {}
