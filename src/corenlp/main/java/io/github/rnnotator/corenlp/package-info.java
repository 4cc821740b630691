/** An annotator for the pipelines and the server of Stanford CoreNLP. */
@NullMarked
package io.github.rnnotator.corenlp;

import org.jspecify.annotations.NullMarked;
