package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.properties;
import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.AnnotationSerializer;
import edu.stanford.nlp.pipeline.CoNLLUOutputter;
import edu.stanford.nlp.pipeline.GenericAnnotationSerializer;
import edu.stanford.nlp.pipeline.ProtobufAnnotationSerializer;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.trees.ud.CoNLLUFeatures;
import edu.stanford.nlp.util.CoreMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** CoreNLP's serializers write tagged documents, and read what they have written. */
class SerializationTest {
  private static Annotation tagged(String model, String text) {
    Properties properties =
        properties(
            "rnntok,rnn", "rnntok.model", model, "rnn.model", model, "rnntok.sentences", "one");
    properties.setProperty(
        "customAnnotatorClass.rnntok", RnnotatorTokenizerAnnotator.class.getName());
    Annotation document = new Annotation(text);
    new StanfordCoreNLP(properties).annotate(document);
    return document;
  }

  private static Annotation copy(AnnotationSerializer serializer, Annotation document)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    serializer.write(document, out).close();
    return serializer.read(new ByteArrayInputStream(out.toByteArray())).first();
  }

  /** Returns what the document says of each token, then its mentions. */
  private static List<String> lines(Annotation document) {
    List<String> lines = new ArrayList<>();
    for (CoreLabel token : document.get(CoreAnnotations.TokensAnnotation.class)) {
      CoNLLUFeatures features = token.get(CoreAnnotations.CoNLLUFeats.class);
      lines.add(
          String.join(
              " ",
              token.word(),
              token.tag(),
              token.get(CoreAnnotations.CoarseTagAnnotation.class),
              features == null ? "_" : features.toString(),
              token.lemma(),
              token.ner()));
    }
    for (CoreMap mention : document.get(CoreAnnotations.MentionsAnnotation.class)) {
      lines.add(mention.get(CoreAnnotations.TextAnnotation.class));
    }
    return lines;
  }

  private static void checkCopies(Annotation document) throws Exception {
    String conllu = new CoNLLUOutputter().print(document);
    for (AnnotationSerializer serializer :
        List.of(new GenericAnnotationSerializer(), new ProtobufAnnotationSerializer())) {
      Annotation read = copy(serializer, document);
      assertThat(lines(read)).isEqualTo(lines(document));
      assertThat(new CoNLLUOutputter().print(read)).isEqualTo(conllu);
      assertThat(lines(copy(serializer, read))).isEqualTo(lines(document));
    }
  }

  @Test
  void featuresAreKeptByEachSerializer() throws Exception {
    Annotation document = tagged("en-fast", "Jane Adams saw the mice in Berlin.");
    assertThat(lines(document)).contains("mice NNS NOUN Number=Plur mouse O", "Jane Adams");
    checkCopies(document);
  }

  /** The one of protocol buffers refuses annotations that it doesn't know. */
  @Test
  void koreanNamesAreKeptByEachSerializer() throws Exception {
    Annotation document = tagged("ko", "김민수가 부산에서 이영희를 만났다");
    assertThat(lines(document)).contains("김민수", "부산", "이영희");
    checkCopies(document);
  }

  @Test
  void featuresReadAgainIgnoreCaseAsCoreNlpDoes() throws Exception {
    SerializableFeatures features = new SerializableFeatures();
    features.put("Number", "Sing");
    features.put("person", "3=|");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(features);
    }
    try (ObjectInputStream objects =
        new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(objects.readObject())
          .isEqualTo(features)
          .isInstanceOfSatisfying(
              CoNLLUFeatures.class, read -> assertThat(read.get("NUMBER")).isEqualTo("Sing"));
    }
  }
}
