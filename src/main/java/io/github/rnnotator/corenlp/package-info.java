/** Inside Stanford CoreNLP: an annotator for its pipelines and its server. */
@NullMarked
package io.github.rnnotator.corenlp;

import org.jspecify.annotations.NullMarked;
