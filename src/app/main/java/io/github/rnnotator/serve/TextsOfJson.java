package io.github.rnnotator.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Section;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads the texts of a request in JSON: one of the fields {@code text} (a string), {@code texts} (a
 * list of strings) and {@code tokens} (a list of sentences, each a list of strings), and optionally
 * {@code model}. With {@code lines} true, each line of {@code text} is a text.
 */
final class TextsOfJson {
  private static final String TEXT = "text";
  private static final String TEXTS = "texts";
  private static final String TOKENS = "tokens";
  private static final String LINES = "lines";
  private static final String MODEL = "model";
  private static final Set<String> FIELDS = Set.of(TEXT, TEXTS, TOKENS, LINES, MODEL);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private TextsOfJson() {}

  /**
   * Reads a request.
   *
   * @param model the model's name if the object names none
   */
  static TagRequest of(String content, String model) throws Refusal {
    JsonNode tree = tree(content);
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      if (!FIELDS.contains(names.next())) {
        throw new Refusal(400, "an unknown field; expected text, texts or tokens, lines, model");
      }
    }
    JsonNode named = tree.path(MODEL);
    if (!named.isMissingNode() && !named.isTextual()) {
      throw new Refusal(400, "expected a string as the field model");
    }
    int given = 0;
    for (String field : List.of(TEXT, TEXTS, TOKENS)) {
      given += tree.has(field) ? 1 : 0;
    }
    if (!tree.isObject() || given != 1) {
      throw new Refusal(
          400,
          "expected an object with one of the fields text (a string), texts (strings) and tokens"
              + " (sentences of strings)");
    }
    return new TagRequest(documents(tree), named.isMissingNode() ? model : named.textValue());
  }

  private static JsonNode tree(String content) throws Refusal {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new Refusal(400, "not JSON" + place);
    }
  }

  private static List<Document> documents(JsonNode tree) throws Refusal {
    JsonNode lines = tree.path(LINES);
    if (!lines.isMissingNode() && !(lines.isBoolean() && tree.has(TEXT))) {
      throw new Refusal(400, "expected true or false as the field lines, with the field text");
    }
    if (tree.has(TEXT)) {
      String text = string(tree.get(TEXT), "expected a string as the field text");
      return lines.asBoolean() ? numbered(text.lines().toList()) : List.of(Document.of(text));
    }
    if (tree.has(TEXTS)) {
      List<String> texts =
          strings(tree.get(TEXTS), "expected a list of strings as the field texts");
      return numbered(texts);
    }
    String problem = "expected a list of sentences, each a list of words, as the field tokens";
    List<TaggedSentence> sentences = new ArrayList<>();
    for (JsonNode sentence : list(tree.get(TOKENS), problem)) {
      List<String> forms = strings(sentence, problem);
      if (forms.isEmpty() || forms.stream().anyMatch(String::isBlank)) {
        throw new Refusal(400, "a sentence without words, or a word without characters, in tokens");
      }
      sentences.add(TaggedSentence.untagged(Sentence.of(forms)));
    }
    return List.of(Document.ofTokens("", true, "", sentences));
  }

  /** Texts with their numbers, from 0, as names. */
  private static List<Document> numbered(List<String> texts) {
    List<Document> documents = new ArrayList<>();
    for (String text : texts) {
      documents.add(
          new Document(Integer.toString(documents.size()), text, List.of(), Section.WHOLE));
    }
    return documents;
  }

  private static List<String> strings(JsonNode node, String problem) throws Refusal {
    List<String> strings = new ArrayList<>();
    for (JsonNode element : list(node, problem)) {
      strings.add(string(element, problem));
    }
    return strings;
  }

  private static JsonNode list(JsonNode node, String problem) throws Refusal {
    if (!node.isArray()) {
      throw new Refusal(400, problem);
    }
    return node;
  }

  private static String string(JsonNode node, String problem) throws Refusal {
    if (!node.isTextual()) {
      throw new Refusal(400, problem);
    }
    return node.textValue();
  }
}
