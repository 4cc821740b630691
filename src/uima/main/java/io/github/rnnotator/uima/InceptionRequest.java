package io.github.rnnotator.uima;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What INCEpTION asks an external recommender: to predict one feature of one layer.
 *
 * @param layer the type of the annotations to predict
 * @param feature the feature that takes the label
 * @param characters whether annotations may begin and end inside a token
 * @param xmi the document, a CAS in XMI; empty in a request to train
 * @param typeSystem its type system in XML
 */
record InceptionRequest(
    String layer, String feature, boolean characters, String xmi, String typeSystem) {

  /**
   * Reads the JSON of a request. Fields that newer versions of INCEpTION add are ignored.
   *
   * @param predict whether it must have a document
   */
  static InceptionRequest parse(byte[] content, boolean predict) throws InceptionRefusal {
    // A document is one string; the body as a whole is limited before.
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();
    JsonNode tree;
    try {
      tree = new ObjectMapper(factory).readTree(content);
    } catch (IOException e) {
      throw new InceptionRefusal(400, "the request is not JSON");
    }
    JsonNode metadata = tree.path("metadata");
    return new InceptionRequest(
        text(metadata, "layer", "metadata.layer"),
        text(metadata, "feature", "metadata.feature"),
        metadata.path("anchoringMode").asText().equals("characters"),
        predict ? text(tree.path("document"), "xmi", "document.xmi") : "",
        predict ? text(tree, "typeSystem", "typeSystem") : "");
  }

  private static String text(JsonNode object, String field, String name) throws InceptionRefusal {
    JsonNode value = object.path(field);
    if (!value.isTextual()) {
      throw new InceptionRefusal(400, "expected a string as the field " + name);
    }
    return value.textValue();
  }
}
