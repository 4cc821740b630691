package io.github.rnnotator.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a JSON object a line, one for each sentence:
 *
 * <pre>{@code
 * {"id":"s1",
 *  "tokens":[{"form":"New","begin":0,"end":3},{"form":"York","begin":4,"end":8}],
 *  "tags":{"upos":["PROPN","PROPN"],"ner":["B-LOC","I-LOC"]},
 *  "probabilities":{"ner":[0.9871,0.9902]},
 *  "mentions":{"ner":[{"type":"LOC","begin":0,"end":8,"firstToken":0,"endToken":2}]}}
 * }</pre>
 *
 * <p>{@code id} is there if the sentence was read with a comment {@code # sent_id}; {@code
 * probabilities} holds the heads that have them, rounded to four digits; {@code mentions} the heads
 * that have a scheme. {@code begin} and {@code end} are offsets in UTF-16 units, {@code firstToken}
 * and {@code endToken} are token numbers from 0; both ends are exclusive.
 */
public final class JsonlWriter implements SentenceWriter {
  private final Utf8Output out;
  private final Map<String, TagScheme> schemes;
  private final JsonFactory json = new JsonFactory();

  /**
   * A writer to a stream, which closing the writer leaves open.
   *
   * @param schemes the scheme of each head whose tags are mentions
   */
  public JsonlWriter(OutputStream out, Map<String, TagScheme> schemes) {
    this.out = new Utf8Output(out);
    this.schemes = Map.copyOf(schemes);
  }

  @Override
  public void write(CorpusSentence sentence) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = json.createGenerator(text)) {
      to.writeStartObject();
      Optional<String> id = sentence.id();
      if (id.isPresent()) {
        to.writeStringField("id", id.get());
      }
      writeTokens(to, sentence);
      writeTags(to, sentence);
      writeProbabilities(to, sentence);
      writeMentions(to, sentence);
      to.writeEndObject();
    }
    out.write(sentence, text.append('\n').getBuffer());
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }

  private static void writeTokens(JsonGenerator to, CorpusSentence sentence) throws IOException {
    to.writeArrayFieldStart("tokens");
    for (Token token : sentence.sentence().tokens()) {
      to.writeStartObject();
      to.writeStringField("form", token.form());
      to.writeNumberField("begin", token.begin());
      to.writeNumberField("end", token.end());
      to.writeEndObject();
    }
    to.writeEndArray();
  }

  private static void writeTags(JsonGenerator to, CorpusSentence sentence) throws IOException {
    to.writeObjectFieldStart("tags");
    for (Map.Entry<String, TagSequence> head : sentence.tagged().tags().entrySet()) {
      to.writeArrayFieldStart(head.getKey());
      for (String tag : head.getValue().tags()) {
        to.writeString(tag);
      }
      to.writeEndArray();
    }
    to.writeEndObject();
  }

  private static void writeProbabilities(JsonGenerator to, CorpusSentence sentence)
      throws IOException {
    if (sentence.tagged().tags().values().stream().noneMatch(TagSequence::hasProbabilities)) {
      return;
    }
    to.writeObjectFieldStart("probabilities");
    for (Map.Entry<String, TagSequence> head : sentence.tagged().tags().entrySet()) {
      if (head.getValue().hasProbabilities()) {
        to.writeArrayFieldStart(head.getKey());
        for (float probability : head.getValue().probabilities()) {
          to.writeNumber(Math.round(probability * 1e4) / 1e4);
        }
        to.writeEndArray();
      }
    }
    to.writeEndObject();
  }

  private void writeMentions(JsonGenerator to, CorpusSentence sentence) throws IOException {
    if (sentence.tagged().tags().keySet().stream().noneMatch(schemes::containsKey)) {
      return;
    }
    List<Token> tokens = sentence.sentence().tokens();
    to.writeObjectFieldStart("mentions");
    for (Map.Entry<String, TagSequence> head : sentence.tagged().tags().entrySet()) {
      TagScheme scheme = schemes.get(head.getKey());
      if (scheme == null) {
        continue;
      }
      to.writeArrayFieldStart(head.getKey());
      for (Mention mention : Mentions.of(sentence, head.getKey(), scheme)) {
        to.writeStartObject();
        to.writeStringField("type", mention.type());
        to.writeNumberField("begin", tokens.get(mention.span().begin()).begin());
        to.writeNumberField("end", tokens.get(mention.span().end() - 1).end());
        to.writeNumberField("firstToken", mention.span().begin());
        to.writeNumberField("endToken", mention.span().end());
        to.writeEndObject();
      }
      to.writeEndArray();
    }
    to.writeEndObject();
  }
}
