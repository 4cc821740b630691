/**
 * Encodes sentences as input vectors: vocabularies, word embeddings, characters and word shape.
 * Start with {@link io.github.rnnotator.embed.TokenEncoder}, from a sentence to one vector per
 * token; {@code Vocabulary} numbers words and characters, and {@code WordVectors} is a pretrained
 * table.
 */
@NullMarked
package io.github.rnnotator.embed;

import org.jspecify.annotations.NullMarked;
