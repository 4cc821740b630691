package io.github.rnnotator.bench;

import io.github.rnnotator.bench.opennlp.OpenNlpModels;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTagFormat;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.Span;

/**
 * OpenNLP's maximum-entropy models, trained on the training data with OpenNLP's default settings.
 * Its taggers are not thread-safe, so each thread has its own.
 */
final class OpenNlp {
  private OpenNlp() {}

  static SentenceTagger train(Task task) {
    try {
      return switch (task.kind()) {
        case POS -> partsOfSpeech(task);
        case NER -> entities(task);
      };
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SentenceTagger partsOfSpeech(Task task) throws IOException {
    return new PartsOfSpeech(OpenNlpModels.partsOfSpeech("en", task.train(), task.head()));
  }

  private static SentenceTagger entities(Task task) throws IOException {
    TagScheme scheme = SchemeDetection.detect(task.labels()).orElseThrow();
    List<NameSample> samples = new ArrayList<>();
    for (TaggedSentence sentence : task.train()) {
      List<Mention> names = scheme.mentions(sentence.tags(task.head()).tags());
      samples.add(OpenNlpModels.sample(sentence, names, false));
    }
    return new Entities(OpenNlpModels.names(null, samples));
  }

  private static String[] forms(Sentence sentence) {
    String[] forms = new String[sentence.size()];
    Arrays.setAll(forms, sentence::form);
    return forms;
  }

  private record PartsOfSpeech(POSModel model, Queue<POSTaggerME> idle) implements SentenceTagger {
    PartsOfSpeech(POSModel model) {
      this(model, new ConcurrentLinkedQueue<>());
    }

    @Override
    public List<String> tag(List<Sentence> sentences) {
      POSTaggerME polled = idle.poll();
      POSTaggerME tagger = polled == null ? new POSTaggerME(model, POSTagFormat.CUSTOM) : polled;
      List<String> labels = new ArrayList<>();
      for (Sentence sentence : sentences) {
        Collections.addAll(labels, tagger.tag(forms(sentence)));
      }
      idle.add(tagger);
      return labels;
    }
  }

  private record Entities(TokenNameFinderModel model, Queue<NameFinderME> idle)
      implements SentenceTagger {
    Entities(TokenNameFinderModel model) {
      this(model, new ConcurrentLinkedQueue<>());
    }

    @Override
    public List<String> tag(List<Sentence> sentences) {
      NameFinderME polled = idle.poll();
      NameFinderME finder = polled == null ? new NameFinderME(model) : polled;
      finder.clearAdaptiveData();
      List<String> labels = new ArrayList<>();
      for (Sentence sentence : sentences) {
        Span[] names = finder.find(forms(sentence));
        Collections.addAll(labels, OpenNlpModels.tags(sentence.size(), names));
      }
      idle.add(finder);
      return labels;
    }
  }
}
