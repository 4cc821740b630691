package io.github.rnnotator.bench.raw;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** CoreNLP's {@code tokenize,pos,lemma,ner}. */
record CoreNlpPipeline(String name, StanfordCoreNLP pipeline, List<String> texts)
    implements Pipeline {
  private static final List<String> HEADS = List.of("xpos", "lemma", GoldText.NAMES);

  /**
   * As it comes: three models of names, and rules for finer types, numbers and times. Cities,
   * countries, and states or provinces are compared as {@code LOC}, other finer types are not.
   */
  static CoreNlpPipeline byDefault(GoldText text) {
    return new CoreNlpPipeline("CoreNLP", new StanfordCoreNLP(properties()), text.texts());
  }

  /**
   * With one model of three types of names and without the rules, which is its fastest
   * configuration that gives what is compared.
   */
  static CoreNlpPipeline fastest(GoldText text) {
    Properties properties = properties();
    properties.setProperty(
        "ner.model", "edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz");
    for (String stage :
        List.of(
            "applyFineGrained", "applyNumericClassifiers", "useSUTime", "buildEntityMentions")) {
      properties.setProperty("ner." + stage, "false");
    }
    return new CoreNlpPipeline("CoreNLP, fastest", new StanfordCoreNLP(properties), text.texts());
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,pos,lemma,ner");
    properties.setProperty("ssplit.newlineIsSentenceBreak", "two");
    properties.setProperty("tokenize.options", "untokenizable=noneKeep");
    return properties;
  }

  @Override
  public Set<String> heads() {
    return new LinkedHashSet<>(HEADS);
  }

  @Override
  public void run() {
    texts.forEach(this::annotate);
  }

  private Annotation annotate(String text) {
    Annotation annotation = new Annotation(text);
    pipeline.annotate(annotation);
    return annotation;
  }

  @Override
  public List<TaggedSentence> sentences() {
    List<TaggedSentence> all = new ArrayList<>();
    for (String text : texts) {
      LocatedSentences located = new LocatedSentences(text, HEADS);
      for (CoreMap sentence : annotate(text).get(CoreAnnotations.SentencesAnnotation.class)) {
        String before = TagScheme.OUTSIDE;
        for (CoreLabel token : sentence.get(CoreAnnotations.TokensAnnotation.class)) {
          String type = type(token.ner());
          located.token(
              token.beginPosition(),
              token.endPosition(),
              List.of(token.tag(), token.lemma(), tag(before, type)));
          before = type;
        }
        located.endSentence();
      }
      all.addAll(located.finish());
    }
    return all;
  }

  /** Its tags say the type only, so that names next to each other are one. */
  private static String tag(String before, String type) {
    if (type.equals(TagScheme.OUTSIDE)) {
      return type;
    }
    return (type.equals(before) ? "I-" : "B-") + type;
  }

  private static String type(String theirs) {
    return switch (theirs) {
      case "PERSON" -> "PER";
      case "LOCATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE" -> "LOC";
      case "ORGANIZATION" -> "ORG";
      default -> TagScheme.OUTSIDE;
    };
  }
}
