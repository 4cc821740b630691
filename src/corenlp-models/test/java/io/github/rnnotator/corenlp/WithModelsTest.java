package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.plain;
import static io.github.rnnotator.corenlp.Pipelines.properties;
import static io.github.rnnotator.corenlp.Pipelines.sentences;
import static io.github.rnnotator.corenlp.Pipelines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.neural.rnn.RNNCoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.semgraph.SemanticGraphCoreAnnotations;
import edu.stanford.nlp.sentiment.SentimentCoreAnnotations;
import edu.stanford.nlp.trees.TreeCoreAnnotations;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.JointTagger;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CoreNLP's own annotators give after ours what they give after CoreNLP's, where the tags are the
 * same. So that they are, ours learns the sample text with CoreNLP's tags by heart.
 */
class WithModelsTest {
  private static final String AFTER = "lemma,depparse,parse,sentiment,entitymentions";

  @TempDir static Path folder;

  private static Annotation theirs;
  private static Annotation ours;

  @BeforeAll
  static void annotate() throws Exception {
    String text = Files.readString(Path.of("corpora/sample/en.txt"));
    theirs = new Annotation(text);
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,pos,lemma,ner,depparse,parse,sentiment");
    properties.setProperty("ner.applyFineGrained", "false");
    properties.setProperty("ner.useSUTime", "false");
    properties.setProperty("ner.applyNumericClassifiers", "false");
    new StanfordCoreNLP(properties).annotate(theirs);
    Path model = learn(theirs);
    ours = new Annotation(text);
    new StanfordCoreNLP(properties("tokenize,rnn," + AFTER, "rnn.model", model.toString()))
        .annotate(ours);
  }

  /** A tagger that gives this text the tags that it has. */
  private static Path learn(Annotation document) throws IOException, InterruptedException {
    List<TaggedSentence> gold = new ArrayList<>();
    for (int s = 0; s < sentences(document).size(); s++) {
      List<CoreLabel> tokens = tokens(sentences(document).get(s));
      Map<String, TagSequence> tags = new LinkedHashMap<>();
      tags.put("xpos", TagSequence.of(tokens.stream().map(CoreLabel::tag).toList()));
      tags.put("ner", TagSequence.of(entities(sentences(document).get(s))));
      gold.add(new TaggedSentence(plain(document).get(s), tags));
    }
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("xpos", HeadConfig.softmax());
    heads.put("ner", HeadConfig.crf(TagScheme.IOBES));
    TaggerConfig tiny = TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, heads);
    TaggerConfig config =
        TaggerConfig.of(
            tiny.input(),
            tiny.embed(),
            List.of(EncoderLayer.bidirectional(CellKind.LSTM, 48)),
            heads);
    TrainingConfig training =
        TrainingConfig.defaults()
            .rate(0.01f)
            .batch(4)
            .shards(2)
            .epochs(60)
            .patience(0)
            .dropout(0f)
            .average(0f)
            .seed(1);
    return JointTagger.write(
        new Trainer(config, training, Ops.best(), 2, event -> {}).train(gold, gold, null).model(),
        folder.resolve("learned.rnn"));
  }

  private static List<String> entities(CoreMap sentence) {
    List<Mention> mentions = new ArrayList<>();
    List<CoreLabel> tokens = tokens(sentence);
    for (int i = 0; i < tokens.size(); ) {
      int end = i + 1;
      String type = tokens.get(i).ner();
      while (end < tokens.size() && tokens.get(end).ner().equals(type)) {
        end++;
      }
      if (!type.equals("O")) {
        mentions.add(new Mention(new Span(i, end), type));
      }
      i = end;
    }
    return TagScheme.IOB2.tags(tokens.size(), mentions);
  }

  private static <T> void same(Function<CoreMap, T> part) {
    assertThat(sentences(ours)).hasSameSizeAs(sentences(theirs)).hasSizeGreaterThan(40);
    for (int s = 0; s < sentences(theirs).size(); s++) {
      T expected = part.apply(sentences(theirs).get(s));
      assertThat(expected).isNotNull();
      assertThat(part.apply(sentences(ours).get(s))).isEqualTo(expected);
    }
  }

  private static <T> void sameOfTokens(Function<CoreLabel, T> part) {
    same(sentence -> tokens(sentence).stream().map(part).toList());
  }

  /** Without this the others would show nothing. */
  @Test
  void theTagsAreTheSame() {
    sameOfTokens(CoreLabel::tag);
    sameOfTokens(CoreLabel::ner);
  }

  @Test
  void lemmasAreTheSame() {
    sameOfTokens(CoreLabel::lemma);
  }

  @Test
  void dependenciesAreTheSame() {
    same(s -> s.get(SemanticGraphCoreAnnotations.BasicDependenciesAnnotation.class).toList());
    same(
        s ->
            s.get(SemanticGraphCoreAnnotations.EnhancedPlusPlusDependenciesAnnotation.class)
                .toList());
  }

  @Test
  void treesAndSentimentAreTheSame() {
    same(s -> s.get(TreeCoreAnnotations.TreeAnnotation.class).toString());
    same(s -> s.get(SentimentCoreAnnotations.SentimentClass.class));
    same(
        s ->
            RNNCoreAnnotations.getPredictions(
                    s.get(SentimentCoreAnnotations.SentimentAnnotatedTree.class))
                .toString());
    assertThat(
            sentences(theirs).stream()
                .map(s -> s.get(SentimentCoreAnnotations.SentimentClass.class))
                .distinct()
                .count())
        .isGreaterThan(1);
  }

  @Test
  void mentionsAreTheSame() {
    same(
        s ->
            s.get(CoreAnnotations.MentionsAnnotation.class).stream()
                .map(
                    m ->
                        m.get(CoreAnnotations.TextAnnotation.class)
                            + " "
                            + m.get(CoreAnnotations.EntityTypeAnnotation.class))
                .toList());
    assertThat(theirs.get(CoreAnnotations.MentionsAnnotation.class)).hasSizeGreaterThan(10);
  }
}
