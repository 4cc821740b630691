package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Fixtures of this package: properties, and the tokens of a document. */
final class Pipelines {
  private Pipelines() {}

  /** Properties with our annotator under the name {@code rnn}; keys and values in turn. */
  static Properties properties(String annotators, String... more) {
    Properties properties = new Properties();
    properties.setProperty("annotators", annotators);
    properties.setProperty("customAnnotatorClass.rnn", RnnotatorAnnotator.class.getName());
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return properties;
  }

  static List<CoreMap> sentences(Annotation document) {
    return document.get(CoreAnnotations.SentencesAnnotation.class);
  }

  static List<CoreLabel> tokens(CoreMap sentence) {
    return sentence.get(CoreAnnotations.TokensAnnotation.class);
  }

  /** Returns the document's sentences as ours. */
  static List<Sentence> plain(Annotation document) {
    List<Sentence> plain = new ArrayList<>();
    for (CoreMap sentence : sentences(document)) {
      plain.add(Sentence.of(tokens(sentence).stream().map(CoreLabel::originalText).toList()));
    }
    return plain;
  }

  /** Returns a document of these tokens, as after a tokenizer. */
  static Annotation tokenized(List<Sentence> sentences) {
    StringBuilder text = new StringBuilder();
    List<CoreMap> maps = new ArrayList<>();
    List<CoreLabel> all = new ArrayList<>();
    for (Sentence sentence : sentences) {
      List<CoreLabel> tokens = new ArrayList<>();
      for (String form : sentence.forms()) {
        CoreLabel token = CoreLabel.wordFromString(form);
        token.setOriginalText(form);
        token.setBeginPosition(text.length());
        text.append(form);
        token.setEndPosition(text.length());
        text.append(' ');
        token.setIndex(tokens.size() + 1);
        tokens.add(token);
      }
      CoreMap map = new Annotation(String.join(" ", sentence.forms()));
      map.set(CoreAnnotations.TokensAnnotation.class, tokens);
      map.set(CoreAnnotations.TokenBeginAnnotation.class, all.size());
      map.set(CoreAnnotations.SentenceIndexAnnotation.class, maps.size());
      all.addAll(tokens);
      map.set(CoreAnnotations.TokenEndAnnotation.class, all.size());
      maps.add(map);
    }
    Annotation document = new Annotation(text.toString());
    document.set(CoreAnnotations.TokensAnnotation.class, all);
    document.set(CoreAnnotations.SentencesAnnotation.class, maps);
    return document;
  }
}
