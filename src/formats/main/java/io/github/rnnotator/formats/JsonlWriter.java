package io.github.rnnotator.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Morpheme;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one JSON object per line for each sentence:
 *
 * <pre>{@code
 * {"document":"42",
 *  "id":"s1",
 *  "tokens":[{"form":"New","begin":0,"end":3},{"form":"York","begin":4,"end":8}],
 *  "tags":{"upos":["PROPN","PROPN"],"ner":["B-LOC","I-LOC"]},
 *  "probabilities":{"ner":[0.9871,0.9902]},
 *  "mentions":{"ner":[{"type":"LOC","begin":0,"end":8,"firstToken":0,"endToken":2}]}}
 * }</pre>
 *
 * <p>A sentence with multiword tokens also has them after its tokens, which are their words:
 *
 * <pre>{@code
 * "tokens":[{"form":"de","begin":0,"end":2},{"form":"a","begin":0,"end":2}],
 * "multiword":[{"form":"da","begin":0,"end":2,"firstToken":0,"endToken":2}]
 * }</pre>
 *
 * <p>A sentence in whose heads {@code lemma} and {@code xpos} some word has several morphemes also
 * has them, for each token:
 *
 * <pre>{@code
 * "morphemes":[[{"form":"정부","tag":"NNG"},{"form":"는","tag":"JX"}]]
 * }</pre>
 *
 * <p>{@code document} is present if the file has several; {@code id} if the sentence had a comment
 * {@code # sent_id}; {@code probabilities} has the heads with probabilities, rounded to four
 * digits; {@code mentions} the heads with a scheme. {@code begin} and {@code end} are offsets in
 * UTF-16 units; all also have them in code points, as {@code beginCodePoint} and {@code
 * endCodePoint}; {@code firstToken} and {@code endToken} are token numbers from 0; all ends are
 * exclusive. The schema is {@code docs/sentence.schema.json}.
 */
public final class JsonlWriter implements SentenceWriter {
  private final Utf8Output out;
  private final Map<String, TagScheme> schemes;
  private final JsonFactory json = new JsonFactory();
  private final StringWriter text = new StringWriter(1 << 12);

  /**
   * Writes to a stream; closing the writer leaves the stream open.
   *
   * @param schemes the scheme of each head with mentions
   */
  public JsonlWriter(OutputStream out, Map<String, TagScheme> schemes) {
    this.out = new Utf8Output(out);
    this.schemes = Map.copyOf(schemes);
  }

  /** Writes a sentence with its own offsets; code points are counted within the sentence. */
  @Override
  public void write(TaggedSentence sentence) throws IOException {
    write(sentence, "");
  }

  /** Writes a sentence with the name of its document, if not empty. */
  void write(TaggedSentence sentence, String document) throws IOException {
    write(sentence, document, Offsets.ofSentence(sentence.sentence()));
  }

  /** Writes a sentence of a passage with its offsets in the document. */
  void write(TaggedSentence sentence, Document passage, CodePoints places) throws IOException {
    write(sentence, passage.id(), Offsets.of(passage, places));
  }

  /**
   * Converts the offsets of a sentence to those of its document.
   *
   * @param unit what to add to offsets in UTF-16 units
   * @param codePoint what to add to offsets in code points
   * @param begin the offset at which the text of {@code places} begins
   */
  private record Offsets(long unit, long codePoint, int begin, CodePoints places) {
    static Offsets of(Document passage, CodePoints places) {
      return new Offsets(passage.section().unit(), passage.section().codePoint(), 0, places);
    }

    /** Assumes that gaps between tokens are characters of one unit each. */
    static Offsets ofSentence(Sentence sentence) {
      List<SurfaceToken> surface = sentence.surface();
      int first = surface.stream().mapToInt(SurfaceToken::begin).min().orElse(0);
      StringBuilder text = new StringBuilder();
      for (SurfaceToken token : surface) {
        int begin = token.begin() - first;
        int end = token.end() - first;
        if (begin >= text.length()) {
          text.append(" ".repeat(begin - text.length()));
          text.append(token.form().length() == end - begin ? token.form() : "");
        }
        text.append(" ".repeat(Math.max(0, end - text.length())));
      }
      return new Offsets(0, first, first, new CodePoints(text));
    }

    void write(JsonGenerator to, int from, int end) throws IOException {
      to.writeNumberField("begin", unit + from);
      to.writeNumberField("end", unit + end);
      to.writeNumberField("beginCodePoint", codePoint + places.at(from - begin));
      to.writeNumberField("endCodePoint", codePoint + places.at(end - begin));
    }
  }

  private void write(TaggedSentence sentence, String document, Offsets offsets) throws IOException {
    text.getBuffer().setLength(0);
    try (JsonGenerator to = json.createGenerator(text)) {
      to.writeStartObject();
      if (!document.isEmpty()) {
        to.writeStringField("document", document);
      }
      Optional<String> id = SourceLines.of(sentence).id();
      if (id.isPresent()) {
        to.writeStringField("id", id.get());
      }
      writeTokens(to, sentence, offsets);
      writeMultiword(to, sentence, offsets);
      writeTags(to, sentence);
      writeMorphemes(to, sentence);
      writeProbabilities(to, sentence);
      writeMentions(to, sentence, offsets);
      to.writeEndObject();
    }
    out.write(sentence, text.append('\n').getBuffer());
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }

  private static void writeTokens(JsonGenerator to, TaggedSentence sentence, Offsets offsets)
      throws IOException {
    to.writeArrayFieldStart("tokens");
    for (Token token : sentence.sentence().tokens()) {
      to.writeStartObject();
      to.writeStringField("form", token.form());
      offsets.write(to, token.begin(), token.end());
      to.writeEndObject();
    }
    to.writeEndArray();
  }

  private static void writeMultiword(JsonGenerator to, TaggedSentence sentence, Offsets offsets)
      throws IOException {
    if (sentence.sentence().multiwordTokens().isEmpty()) {
      return;
    }
    to.writeArrayFieldStart("multiword");
    for (MultiwordToken multiword : sentence.sentence().multiwordTokens()) {
      to.writeStartObject();
      to.writeStringField("form", multiword.form());
      offsets.write(to, multiword.begin(), multiword.end());
      writeSpan(to, multiword.words());
      to.writeEndObject();
    }
    to.writeEndArray();
  }

  private static void writeSpan(JsonGenerator to, Span span) throws IOException {
    to.writeNumberField("firstToken", span.begin());
    to.writeNumberField("endToken", span.end());
  }

  private static void writeTags(JsonGenerator to, TaggedSentence sentence) throws IOException {
    to.writeObjectFieldStart("tags");
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      to.writeArrayFieldStart(head.getKey());
      for (String tag : head.getValue().tags()) {
        to.writeString(tag);
      }
      to.writeEndArray();
    }
    to.writeEndObject();
  }

  private static void writeMorphemes(JsonGenerator to, TaggedSentence sentence) throws IOException {
    List<List<Morpheme>> words = Morpheme.of(sentence);
    if (words.isEmpty()) {
      return;
    }
    to.writeArrayFieldStart("morphemes");
    for (List<Morpheme> word : words) {
      to.writeStartArray();
      for (Morpheme morpheme : word) {
        to.writeStartObject();
        to.writeStringField("form", morpheme.form());
        to.writeStringField("tag", morpheme.tag());
        to.writeEndObject();
      }
      to.writeEndArray();
    }
    to.writeEndArray();
  }

  private static void writeProbabilities(JsonGenerator to, TaggedSentence sentence)
      throws IOException {
    if (sentence.tags().values().stream().noneMatch(TagSequence::hasProbabilities)) {
      return;
    }
    to.writeObjectFieldStart("probabilities");
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      if (head.getValue().hasProbabilities()) {
        to.writeArrayFieldStart(head.getKey());
        for (float probability : head.getValue().probabilities()) {
          to.writeNumber(rounded(probability));
        }
        to.writeEndArray();
      }
    }
    to.writeEndObject();
  }

  /** Rounds to four digits without trailing zeros; much faster than formatting a double. */
  private static String rounded(float probability) {
    long number = Math.round(probability * 1e4);
    if (number < 0 || number % 10_000 == 0) {
      return number / 10_000 + ".0";
    }
    String digits = String.valueOf(10_000 + number % 10_000).substring(1);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return number / 10_000 + "." + digits.substring(0, end);
  }

  private void writeMentions(JsonGenerator to, TaggedSentence sentence, Offsets offsets)
      throws IOException {
    if (sentence.tags().keySet().stream().noneMatch(schemes::containsKey)) {
      return;
    }
    to.writeObjectFieldStart("mentions");
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      TagScheme scheme = schemes.get(head.getKey());
      if (scheme == null) {
        continue;
      }
      to.writeArrayFieldStart(head.getKey());
      for (Mention mention : Mentions.of(sentence, head.getKey(), scheme)) {
        to.writeStartObject();
        to.writeStringField("type", mention.type());
        Float confidence = head.getValue().lowestProbability(mention.span());
        if (confidence != null) {
          to.writeFieldName("confidence");
          to.writeNumber(rounded(confidence));
        }
        Sentence words = sentence.sentence();
        offsets.write(to, mention.begin(words), mention.end(words));
        writeSpan(to, mention.span());
        to.writeEndObject();
      }
      to.writeEndArray();
    }
    to.writeEndObject();
  }
}
