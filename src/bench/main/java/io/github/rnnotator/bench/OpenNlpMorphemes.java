package io.github.rnnotator.bench;

import io.github.rnnotator.bench.opennlp.OpenNlpModels;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opennlp.tools.lemmatizer.LemmaSample;
import opennlp.tools.lemmatizer.LemmatizerFactory;
import opennlp.tools.lemmatizer.LemmatizerME;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTagFormat;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/**
 * OpenNLP's taggers of both columns of parts of speech and its lemmatizer, which reads the XPOS
 * that its tagger found, with OpenNLP's default settings. Not thread-safe.
 */
record OpenNlpMorphemes(POSTaggerME upos, POSTaggerME xpos, LemmatizerME lemmatizer) {
  private static final String LANGUAGE = "ko";

  /** Trains on sentences with the heads {@code upos}, {@code xpos} and {@code lemma}. */
  static OpenNlpMorphemes train(List<TaggedSentence> sentences) throws IOException {
    List<LemmaSample> samples = new ArrayList<>();
    for (TaggedSentence sentence : sentences) {
      samples.add(
          new LemmaSample(
              forms(sentence.sentence()), tags(sentence, "xpos"), tags(sentence, "lemma")));
    }
    return new OpenNlpMorphemes(
        tagger(sentences, "upos"),
        tagger(sentences, "xpos"),
        new LemmatizerME(
            LemmatizerME.train(
                LANGUAGE,
                ObjectStreamUtils.createObjectStream(samples),
                TrainingParameters.defaultParams(),
                new LemmatizerFactory())));
  }

  private static POSTaggerME tagger(List<TaggedSentence> sentences, String head)
      throws IOException {
    POSModel model = OpenNlpModels.partsOfSpeech(LANGUAGE, sentences, head);
    return new POSTaggerME(model, POSTagFormat.CUSTOM);
  }

  private static String[] forms(Sentence sentence) {
    return sentence.forms().toArray(String[]::new);
  }

  private static String[] tags(TaggedSentence sentence, String head) {
    return sentence.tags(head).tags().toArray(String[]::new);
  }

  /** Tags a sentence. */
  TaggedSentence tag(Sentence sentence) {
    String[] forms = forms(sentence);
    String[] tags = xpos.tag(forms);
    return new TaggedSentence(
        sentence,
        Map.of(
            "upos", TagSequence.of(upos.tag(forms)),
            "xpos", TagSequence.of(tags),
            "lemma", TagSequence.of(lemmatizer.lemmatize(forms, tags))));
  }
}
