package io.github.rnnotator.uima;

import static org.apache.uima.fit.factory.AnalysisEngineFactory.createEngineDescription;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.Type;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.impl.XmiCasSerializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.fit.factory.TypeSystemDescriptionFactory;
import org.apache.uima.fit.pipeline.SimplePipeline;
import org.apache.uima.jcas.tcas.Annotation;
import org.apache.uima.resource.metadata.TypeDescription;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.TypeSystemUtil;
import org.apache.uima.util.XMLSerializer;
import org.dkpro.core.tokit.BreakIteratorSegmenter;

/**
 * Documents and requests as INCEpTION makes them: the types of DKPro Core, a custom layer, features
 * for predictions in every layer, and who annotates.
 */
final class InceptionCases {
  private static final String META = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata";
  private static final String ANNOTATION = "uima.tcas.Annotation";

  private InceptionCases() {}

  static URI address(InceptionServer server) {
    return URI.create("http://localhost:" + server.address().getPort() + "/");
  }

  /** A document of one user, with tokens and sentences. */
  static CAS document(String text) throws Exception {
    CAS cas = textOnly(text);
    SimplePipeline.runPipeline(cas, createEngineDescription(BreakIteratorSegmenter.class));
    return cas;
  }

  /** A document without tokens. */
  static CAS textOnly(String text) throws Exception {
    TypeSystemDescription types = TypeSystemDescriptionFactory.createTypeSystemDescription();
    TypeDescription meta = types.addType(META, "", ANNOTATION);
    meta.addFeature("username", "", CAS.TYPE_NAME_STRING);
    meta.addFeature("sourceDocumentId", "", CAS.TYPE_NAME_LONG);
    meta.addFeature("projectId", "", CAS.TYPE_NAME_LONG);
    types.addType("webanno.custom.Word", "", ANNOTATION).addFeature("tag", "", "uima.cas.String");
    for (TypeDescription type : types.getTypes()) {
      if (ANNOTATION.equals(type.getSupertypeName()) && !type.getName().equals(META)) {
        for (var feature : type.getFeatures()) {
          type.addFeature(feature.getName() + "_score", "", CAS.TYPE_NAME_DOUBLE);
          type.addFeature(feature.getName() + "_score_explanation", "", CAS.TYPE_NAME_STRING);
          type.addFeature(feature.getName() + "_auto_accept", "", CAS.TYPE_NAME_STRING);
        }
        type.addFeature("inception_internal_predicted", "", CAS.TYPE_NAME_BOOLEAN);
      }
    }
    CAS cas = CasCreationUtils.createCas(types, null, null);
    cas.setDocumentText(text);
    Type metadata = cas.getTypeSystem().getType(META);
    AnnotationFS who = cas.createAnnotation(metadata, 0, 0);
    who.setStringValue(metadata.getFeatureByBaseName("username"), "jane");
    who.setLongValue(metadata.getFeatureByBaseName("sourceDocumentId"), 42);
    who.setLongValue(metadata.getFeatureByBaseName("projectId"), 1337);
    cas.addFsToIndexes(who);
    return cas;
  }

  /** Adds an annotation of a person. */
  static AnnotationFS annotate(
      CAS cas, String layer, String feature, int begin, int end, String value) {
    Type type = cas.getTypeSystem().getType(layer);
    AnnotationFS annotation = cas.createAnnotation(type, begin, end);
    annotation.setStringValue(type.getFeatureByBaseName(feature), value);
    cas.addFsToIndexes(annotation);
    return annotation;
  }

  static String typeSystem(CAS cas) throws Exception {
    StringWriter out = new StringWriter();
    TypeSystemUtil.typeSystem2TypeSystemDescription(cas.getTypeSystem()).toXML(out);
    return out.toString();
  }

  static String xmi(CAS cas) throws Exception {
    StringWriter out = new StringWriter();
    new XmiCasSerializer(null)
        .serialize(cas, new XMLSerializer(out, true).getContentHandler(), null, null, null);
    return out.toString();
  }

  /** A request to predict. */
  static String predict(CAS cas, String layer, String feature, String anchoring) throws Exception {
    return predict(typeSystem(cas), xmi(cas), layer, feature, anchoring);
  }

  static String predict(
      String typeSystem, String xmi, String layer, String feature, String anchoring) {
    ObjectNode request = request(layer, feature, anchoring, typeSystem);
    ObjectNode range = ((ObjectNode) request.get("metadata")).putObject("range");
    range.put("begin", 0).put("end", 1);
    document(request.putObject("document"), xmi);
    return request.toString();
  }

  /** A request to train with one document. */
  static String train(CAS cas, String layer, String feature) throws Exception {
    ObjectNode request = request(layer, feature, "tokens", typeSystem(cas));
    document(request.putArray("documents").addObject(), xmi(cas));
    return request.toString();
  }

  private static ObjectNode request(
      String layer, String feature, String anchoring, String typeSystem) {
    ObjectNode request = new ObjectMapper().createObjectNode().put("typeSystem", typeSystem);
    request
        .putObject("metadata")
        .put("layer", layer)
        .put("feature", feature)
        .put("projectId", 1337)
        .put("anchoringMode", anchoring)
        .put("crossSentence", false);
    return request;
  }

  private static void document(ObjectNode document, String xmi) {
    document.put("xmi", xmi).put("documentId", 42).put("userId", "jane");
  }

  /** Reads an answer into a document. */
  static void read(CAS document, String answer) throws Exception {
    String xmi = new ObjectMapper().readTree(answer).path("document").asText();
    XmiCasDeserializer.deserialize(
        new ByteArrayInputStream(xmi.getBytes(StandardCharsets.UTF_8)), document, true);
  }

  static List<AnnotationFS> annotations(CAS cas, String type) {
    return List.copyOf(cas.<Annotation>select(cas.getTypeSystem().getType(type)).asList());
  }

  /** Reads an answer into a document, and returns {@code label text} of each prediction. */
  static List<String> predictions(CAS document, String answer, String layer, String feature)
      throws Exception {
    read(document, answer);
    Type type = document.getTypeSystem().getType(layer);
    return annotations(document, layer).stream()
        .filter(a -> a.getBooleanValue(type.getFeatureByBaseName("inception_internal_predicted")))
        .map(a -> a.getStringValue(type.getFeatureByBaseName(feature)) + " " + a.getCoveredText())
        .toList();
  }
}
