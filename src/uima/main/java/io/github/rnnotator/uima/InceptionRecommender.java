package io.github.rnnotator.uima;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.VisibleForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.uima.UIMAException;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.Feature;
import org.apache.uima.cas.Type;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.impl.XmiCasSerializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.jcas.tcas.Annotation;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Predicts annotations for INCEpTION. A document comes with its own type system, so the types are
 * found by name; the classes of DKPro Core are not needed.
 *
 * <p>Thread-safe.
 */
final class InceptionRecommender {
  private static final String SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.";

  /** The feature that tells predictions from the annotations that were there before. */
  private static final String PREDICTED = "inception_internal_predicted";

  private static final String SCORE = "_score";

  private final Models.Loaded model;
  private final InceptionLayers layers;

  InceptionRecommender(Models.Loaded model, InceptionLayers layers) {
    this.model = model;
    this.layers = layers;
  }

  /** Accepts a request to train, which changes nothing; refuses it as {@link #predict} would. */
  void train(InceptionRequest request) throws InceptionRefusal {
    layers.head(request.layer(), request.feature());
  }

  /** Returns the document in XMI with its predictions, which have the document's tokens. */
  String predict(InceptionRequest request) throws InceptionRefusal {
    String head = layers.head(request.layer(), request.feature());
    CAS cas = cas(request);
    Type type = cas.getTypeSystem().getType(request.layer());
    if (type == null) {
      throw new InceptionRefusal(400, "the type system has no layer " + request.layer());
    }
    Target target =
        new Target(
            type,
            feature(type, request.feature()),
            feature(type, PREDICTED),
            type.getFeatureByBaseName(request.feature() + SCORE));
    TagScheme scheme = model.tagger().model().schemes().get(head);
    for (TaggedSentence sentence : model.tagger().tagDocument(sentences(cas))) {
      if (scheme == null) {
        tags(cas, target, sentence, head);
      } else {
        mentions(cas, target, sentence, head, scheme, request.characters());
      }
    }
    return xmi(cas);
  }

  /** The type and the features of a prediction; the score is null if the layer has none. */
  private record Target(Type type, Feature label, Feature predicted, @Nullable Feature score) {
    /** Adds a prediction, unless it is outside the text or nothing of its text is visible. */
    void add(CAS cas, int begin, int end, String value, @Nullable Float probability) {
      String text = cas.getDocumentText();
      boolean inside = 0 <= begin && begin <= end && end <= text.length();
      if (!inside || VisibleForm.isMissing(text.substring(begin, end))) {
        return;
      }
      AnnotationFS annotation = cas.createAnnotation(type, begin, end);
      annotation.setStringValue(label, value);
      annotation.setBooleanValue(predicted, true);
      if (score != null && probability != null) {
        annotation.setDoubleValue(score, probability);
      }
      cas.addFsToIndexes(annotation);
    }
  }

  private static void tags(CAS cas, Target target, TaggedSentence sentence, String head) {
    TagSequence tags = sentence.tags(head);
    for (int i = 0; i < sentence.size(); i++) {
      String tag = tags.tag(i);
      if (tags.has(i) && !tag.equals("_")) {
        Token token = sentence.sentence().tokens().get(i);
        Float probability = tags.hasProbabilities() ? tags.probabilities().get(i) : null;
        target.add(cas, token.begin(), token.end(), tag, probability);
      }
    }
  }

  private static void mentions(
      CAS cas,
      Target target,
      TaggedSentence sentence,
      String head,
      TagScheme scheme,
      boolean characters) {
    Sentence words = sentence.sentence();
    for (Mention mention : sentence.mentions(head, scheme)) {
      // A layer whose annotations consist of tokens would lose a name that ends inside one.
      Mention anchored = characters ? mention : mention.suffix(0);
      target.add(
          cas,
          anchored.begin(words),
          anchored.end(words),
          mention.type(),
          sentence.tags(head).lowestProbability(mention.span()));
    }
  }

  /** The sentences of a document; found by the model where the document has no tokens. */
  private List<Sentence> sentences(CAS cas) {
    String text = cas.getDocumentText();
    if (text == null) {
      return List.of();
    }
    List<Sentence> given =
        CasReader.read(
                annotations(cas, "Sentence"),
                annotations(cas, "Token"),
                token ->
                    0 <= token.getBegin() && token.getEnd() <= text.length()
                        ? token.getCoveredText()
                        : null)
            .stream()
            .map(CasSentence::words)
            .toList();
    return given.isEmpty() ? model.segmenter().segment(text) : given;
  }

  private static List<Annotation> annotations(CAS cas, String name) {
    Type type = cas.getTypeSystem().getType(SEGMENTATION + name);
    return type == null ? List.of() : cas.<Annotation>select(type).asList();
  }

  private static Feature feature(Type type, String name) throws InceptionRefusal {
    Feature feature = type.getFeatureByBaseName(name);
    if (feature == null) {
      throw new InceptionRefusal(
          400, "the layer " + type.getName() + " has no feature " + name + " in the type system");
    }
    return feature;
  }

  private static CAS cas(InceptionRequest request) throws InceptionRefusal {
    CAS cas;
    try (InputStream in =
        new ByteArrayInputStream(request.typeSystem().getBytes(StandardCharsets.UTF_8))) {
      TypeSystemDescription types =
          UIMAFramework.getXMLParser().parseTypeSystemDescription(new XMLInputSource(in, null));
      if (types.getImports().length > 0) {
        // An import names a file or an address that this machine would open.
        throw new InceptionRefusal(400, "the type system has imports; send all types in one");
      }
      cas = CasCreationUtils.createCas(types, null, null);
    } catch (UIMAException | IOException | RuntimeException e) {
      throw new InceptionRefusal(400, "typeSystem is not a type system of UIMA: " + reason(e));
    }
    try {
      // As INCEpTION reads the answer: what the type system does not know is left out.
      reader(new XmiCasDeserializer(cas.getTypeSystem()).getXmiCasHandler(cas, true))
          .parse(new InputSource(new StringReader(request.xmi())));
    } catch (SAXException | ParserConfigurationException | IOException | RuntimeException e) {
      throw new InceptionRefusal(400, "document.xmi is not a CAS of the type system: " + reason(e));
    }
    return cas;
  }

  /** UIMA's own reader allows declarations of entities, which no document of INCEpTION has. */
  private static XMLReader reader(ContentHandler handler)
      throws SAXException, ParserConfigurationException {
    SAXParserFactory parsers = SAXParserFactory.newInstance();
    parsers.setNamespaceAware(true);
    parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    XMLReader reader = parsers.newSAXParser().getXMLReader();
    reader.setContentHandler(handler);
    return reader;
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static String xmi(CAS cas) throws InceptionRefusal {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XmiCasSerializer.serialize(cas, out);
    } catch (SAXException e) {
      throw new InceptionRefusal(400, "the document can't be written as XMI: " + reason(e));
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
