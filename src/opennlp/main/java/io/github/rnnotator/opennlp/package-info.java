/** OpenNLP's interfaces for taggers and name finders. */
@NullMarked
package io.github.rnnotator.opennlp;

import org.jspecify.annotations.NullMarked;
