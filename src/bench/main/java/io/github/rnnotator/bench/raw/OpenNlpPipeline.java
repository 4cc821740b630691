package io.github.rnnotator.bench.raw;

import io.github.rnnotator.bench.opennlp.OpenNlpModels;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import opennlp.tools.lemmatizer.LemmatizerME;
import opennlp.tools.lemmatizer.LemmatizerModel;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;

/**
 * OpenNLP: its models of UD English-EWT for sentences, tokens, universal parts of speech and
 * lemmas, and one name finder per type, trained with its default settings.
 */
final class OpenNlpPipeline implements Pipeline {
  private static final List<String> HEADS = List.of("upos", "lemma", GoldText.NAMES);
  private static final List<String> TYPES = List.of("PER", "LOC", "ORG");

  private final SentenceDetectorME detector;
  private final TokenizerME tokenizer;
  private final POSTaggerME tagger;
  private final LemmatizerME lemmatizer;
  private final List<NameFinderME> finders;
  private final List<List<String>> documents;

  /** What it says about a sentence; names in tokens, the rest in characters. */
  private record Analysis(
      Span sentence, Span[] tokens, String[] tags, String[] lemmas, Span[] names) {}

  private OpenNlpPipeline(List<NameFinderME> finders, GoldText text) throws IOException {
    try (InputStream sentences = resource("sentence");
        InputStream tokens = resource("tokens");
        InputStream tags = resource("pos");
        InputStream lemmas = resource("lemmas")) {
      this.detector = new SentenceDetectorME(new SentenceModel(sentences));
      this.tokenizer = new TokenizerME(new TokenizerModel(tokens));
      this.tagger = new POSTaggerME(new POSModel(tags));
      this.lemmatizer = new LemmatizerME(new LemmatizerModel(lemmas));
    }
    this.finders = finders;
    this.documents = text.documents();
  }

  /** A model of OpenNLP's artifacts {@code opennlp-models-...-en}. */
  private static InputStream resource(String kind) {
    String name = "/opennlp-en-ud-ewt-" + kind + "-1.3-2.5.4.bin";
    return Objects.requireNonNull(OpenNlpPipeline.class.getResourceAsStream(name), name);
  }

  /**
   * Trains the name finders.
   *
   * @param train documents with names
   */
  static OpenNlpPipeline train(List<List<TaggedSentence>> train, GoldText text) throws IOException {
    List<NameFinderME> finders = new ArrayList<>();
    for (String type : TYPES) {
      System.err.println("training OpenNLP's name finder of " + type);
      finders.add(new NameFinderME(finder(train, type)));
    }
    return new OpenNlpPipeline(finders, text);
  }

  private static TokenNameFinderModel finder(List<List<TaggedSentence>> train, String type)
      throws IOException {
    List<NameSample> samples = new ArrayList<>();
    for (List<TaggedSentence> document : train) {
      boolean begins = true;
      for (TaggedSentence sentence : document) {
        if (!sentence.has(GoldText.NAMES)) {
          continue;
        }
        List<Mention> names =
            sentence.mentions(GoldText.NAMES, TagScheme.IOB2).stream()
                .filter(mention -> mention.type().equals(type))
                .toList();
        samples.add(OpenNlpModels.sample(sentence, names, begins));
        begins = false;
      }
    }
    return OpenNlpModels.names(type, samples);
  }

  @Override
  public String name() {
    return "OpenNLP";
  }

  @Override
  public Set<String> heads() {
    return new LinkedHashSet<>(HEADS);
  }

  @Override
  public void run() {
    for (List<String> document : documents) {
      analyze(document);
    }
  }

  /** Analyzes the paragraphs of a document. */
  private List<List<Analysis>> analyze(List<String> paragraphs) {
    List<List<Analysis>> document = new ArrayList<>();
    for (String paragraph : paragraphs) {
      List<Analysis> sentences = new ArrayList<>();
      for (Span sentence : detector.sentPosDetect(paragraph)) {
        sentences.add(analyze(paragraph, sentence));
      }
      document.add(sentences);
    }
    // What a name finder learned from a document must not affect the next.
    finders.forEach(NameFinderME::clearAdaptiveData);
    return document;
  }

  private Analysis analyze(String paragraph, Span sentence) {
    String text = paragraph.substring(sentence.getStart(), sentence.getEnd());
    Span[] tokens = tokenizer.tokenizePos(text);
    String[] forms = Span.spansToStrings(tokens, text);
    String[] tags = tagger.tag(forms);
    List<Span> names = new ArrayList<>();
    for (NameFinderME finder : finders) {
      Collections.addAll(names, finder.find(forms));
    }
    return new Analysis(
        sentence,
        tokens,
        tags,
        lemmatizer.lemmatize(forms, tags),
        NameFinderME.dropOverlappingSpans(names.toArray(Span[]::new)));
  }

  @Override
  public List<TaggedSentence> sentences() {
    List<TaggedSentence> all = new ArrayList<>();
    for (List<String> document : documents) {
      List<List<Analysis>> analyses = analyze(document);
      for (int i = 0; i < analyses.size(); i++) {
        LocatedSentences located = new LocatedSentences(document.get(i), HEADS);
        analyses.get(i).forEach(analysis -> add(analysis, located));
        all.addAll(located.finish());
      }
    }
    return all;
  }

  private static void add(Analysis analysis, LocatedSentences located) {
    String[] names = OpenNlpModels.tags(analysis.tokens().length, analysis.names());
    int from = analysis.sentence().getStart();
    for (int i = 0; i < names.length; i++) {
      Span token = analysis.tokens()[i];
      located.token(
          from + token.getStart(),
          from + token.getEnd(),
          List.of(analysis.tags()[i], analysis.lemmas()[i], names[i]));
    }
    located.endSentence();
  }
}
