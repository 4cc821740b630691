package io.github.rnnotator.bench.opennlp;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSSample;
import opennlp.tools.postag.POSTaggerFactory;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.Span;
import opennlp.tools.util.TrainingParameters;
import org.jspecify.annotations.Nullable;

/** Trains OpenNLP's models with its default settings, and reads what they find. */
public final class OpenNlpModels {
  private OpenNlpModels() {}

  /** Trains a tagger on the tags of a head. */
  public static POSModel partsOfSpeech(String language, List<TaggedSentence> sentences, String head)
      throws IOException {
    List<POSSample> samples = new ArrayList<>();
    for (TaggedSentence sentence : sentences) {
      String[] tags = sentence.tags(head).tags().toArray(String[]::new);
      samples.add(new POSSample(forms(sentence), tags));
    }
    return POSTaggerME.train(
        language,
        ObjectStreamUtils.createObjectStream(samples),
        TrainingParameters.defaultParams(),
        new POSTaggerFactory());
  }

  /**
   * Trains a finder of English names.
   *
   * @param type the only type of its names, or null if the samples have several
   */
  public static TokenNameFinderModel names(@Nullable String type, List<NameSample> samples)
      throws IOException {
    return NameFinderME.train(
        "en",
        type,
        ObjectStreamUtils.createObjectStream(samples),
        TrainingParameters.defaultParams(),
        new TokenNameFinderFactory());
  }

  /**
   * Returns a sentence with names as OpenNLP learns from it.
   *
   * @param begins whether it is the first of a document
   */
  public static NameSample sample(TaggedSentence sentence, List<Mention> mentions, boolean begins) {
    Span[] names =
        mentions.stream()
            .map(mention -> new Span(mention.span().begin(), mention.span().end(), mention.type()))
            .toArray(Span[]::new);
    return new NameSample(forms(sentence), names, begins);
  }

  /** Returns names as tags in IOB2. */
  public static String[] tags(int tokens, Span[] names) {
    String[] tags = new String[tokens];
    Arrays.fill(tags, TagScheme.OUTSIDE);
    for (Span name : names) {
      Arrays.fill(tags, name.getStart(), name.getEnd(), "I-" + name.getType());
      tags[name.getStart()] = "B-" + name.getType();
    }
    return tags;
  }

  private static String[] forms(TaggedSentence sentence) {
    return sentence.sentence().forms().toArray(String[]::new);
  }
}
