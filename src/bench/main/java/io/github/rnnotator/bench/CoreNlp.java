package io.github.rnnotator.bench;

import edu.stanford.nlp.ie.crf.CRFClassifier;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.ling.TaggedWord;
import edu.stanford.nlp.ling.Word;
import edu.stanford.nlp.tagger.maxent.MaxentTagger;
import io.github.rnnotator.text.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Stanford CoreNLP's own models for English. */
final class CoreNlp {
  private CoreNlp() {}

  /** The part-of-speech tagger of its pipelines. */
  static SentenceTagger partsOfSpeech() {
    MaxentTagger tagger =
        new MaxentTagger("edu/stanford/nlp/models/pos-tagger/english-left3words-distsim.tagger");
    return new PartsOfSpeech(tagger);
  }

  /** The entity tagger for persons, places, organizations and others. */
  static SentenceTagger entities() {
    try {
      return new Entities(
          CRFClassifier.getClassifier(
              "edu/stanford/nlp/models/ner/english.conll.4class.distsim.crf.ser.gz"));
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Word> words(Sentence sentence) {
    List<Word> words = new ArrayList<>(sentence.size());
    for (int i = 0; i < sentence.size(); i++) {
      words.add(new Word(sentence.form(i)));
    }
    return words;
  }

  private record PartsOfSpeech(MaxentTagger tagger) implements SentenceTagger {
    @Override
    public List<String> tag(List<Sentence> sentences) {
      List<String> labels = new ArrayList<>();
      for (Sentence sentence : sentences) {
        for (TaggedWord word : tagger.tagSentence(words(sentence))) {
          labels.add(word.tag());
        }
      }
      return labels;
    }
  }

  private record Entities(CRFClassifier<CoreLabel> classifier) implements SentenceTagger {
    @Override
    public List<String> tag(List<Sentence> sentences) {
      List<String> labels = new ArrayList<>();
      for (Sentence sentence : sentences) {
        for (CoreLabel label : classifier.classifySentence(words(sentence))) {
          labels.add(label.get(CoreAnnotations.AnswerAnnotation.class));
        }
      }
      return labels;
    }
  }
}
