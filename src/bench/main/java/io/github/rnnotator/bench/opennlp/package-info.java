/** OpenNLP's models, trained with its default settings, for all comparisons. */
@NullMarked
package io.github.rnnotator.bench.opennlp;

import org.jspecify.annotations.NullMarked;
