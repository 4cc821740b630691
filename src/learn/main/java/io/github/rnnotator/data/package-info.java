/**
 * Files with gold tags: {@link io.github.rnnotator.data.GoldCorpus} reads one, {@link
 * io.github.rnnotator.data.Split} and {@link io.github.rnnotator.data.Folds} divide it, {@link
 * io.github.rnnotator.data.Dataset} is what a trainer reads, and {@link
 * io.github.rnnotator.data.TagPairs} pairs its tags with predicted ones.
 */
@NullMarked
package io.github.rnnotator.data;

import org.jspecify.annotations.NullMarked;
