package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreAnnotation;

/**
 * On the last token of an entity that ends inside of it: the part of the token after the entity, as
 * written. Of Korean {@code 경찰은} the entity is {@code 경찰} and the suffix {@code 은}.
 */
public final class NameSuffixAnnotation implements CoreAnnotation<String> {
  @Override
  public Class<String> getType() {
    return String.class;
  }
}
