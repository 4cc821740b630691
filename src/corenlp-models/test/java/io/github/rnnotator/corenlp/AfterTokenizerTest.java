package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.sentences;
import static io.github.rnnotator.corenlp.Pipelines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.coref.CorefCoreAnnotations;
import edu.stanford.nlp.ling.CoreAnnotation;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.naturalli.NaturalLogicAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.Annotator;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.pipeline.TokenizerAnnotator;
import edu.stanford.nlp.semgraph.SemanticGraphCoreAnnotations;
import edu.stanford.nlp.trees.TreeCoreAnnotations;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * CoreNLP's own annotators give after our annotations of sentences and tokens what they give after
 * CoreNLP's, where the tokens are the same. So that they are, ours writes those that CoreNLP found.
 */
class AfterTokenizerTest {
  private static final String AFTER = "pos,lemma,ner,depparse,parse,coref,natlog,openie";

  private static Annotation theirs;
  private static Annotation ours;

  /** Writes CoreNLP's tokens as ours are written; contractions are multiword tokens. */
  public static final class SameTokens implements Annotator {
    private final TokenizerAnnotator tokenizer = new TokenizerAnnotator();

    /** Called by CoreNLP. */
    public SameTokens(String name, Properties properties) {}

    @Override
    public void annotate(Annotation annotation) {
      tokenizer.annotate(annotation);
      List<SentenceLine> found = new ArrayList<>();
      for (CoreMap sentence : sentences(annotation)) {
        found.add(new SentenceLine(List.of(sentence(tokens(sentence))), null));
      }
      annotation.remove(CoreAnnotations.TokensAnnotation.class);
      annotation.remove(CoreAnnotations.SentencesAnnotation.class);
      SentenceAnnotations.set(annotation, found);
    }

    private static Sentence sentence(List<CoreLabel> labels) {
      List<Token> words = new ArrayList<>();
      List<MultiwordToken> multiword = new ArrayList<>();
      for (CoreLabel label : labels) {
        if (label.word().matches("n't|'(s|re|ve|ll|d|m)") && label.before().isEmpty()) {
          Token first = words.get(words.size() - 1);
          multiword.add(
              new MultiwordToken(
                  first.form() + label.word(),
                  new Span(words.size() - 1, words.size() + 1),
                  first.begin(),
                  label.endPosition()));
        }
        words.add(new Token(label.word(), label.beginPosition(), label.endPosition()));
      }
      return new Sentence(words, multiword);
    }

    @Override
    public Set<Class<? extends CoreAnnotation>> requires() {
      return Set.of();
    }

    @Override
    public Set<Class<? extends CoreAnnotation>> requirementsSatisfied() {
      return SentenceAnnotations.keys();
    }
  }

  @BeforeAll
  static void annotate() throws IOException {
    String text = Files.readString(Path.of("corpora/sample/en.txt"));
    theirs = annotate(text, "tokenize," + AFTER);
    ours = annotate(text, "same," + AFTER);
  }

  private static Annotation annotate(String text, String annotators) {
    Properties properties = new Properties();
    properties.setProperty("annotators", annotators);
    properties.setProperty("customAnnotatorClass.same", SameTokens.class.getName());
    properties.setProperty("coref.algorithm", "statistical");
    Annotation document = new Annotation(text);
    new StanfordCoreNLP(properties).annotate(document);
    return document;
  }

  private static <T> void same(Function<CoreMap, T> part) {
    assertThat(sentences(ours)).hasSameSizeAs(sentences(theirs)).hasSizeGreaterThan(40);
    for (int s = 0; s < sentences(theirs).size(); s++) {
      T expected = part.apply(sentences(theirs).get(s));
      assertThat(expected).isNotNull();
      assertThat(part.apply(sentences(ours).get(s))).isEqualTo(expected);
    }
  }

  @Test
  void tagsLemmasAndEntitiesAreTheSame() {
    same(sentence -> tokens(sentence).stream().map(CoreLabel::tag).toList());
    same(sentence -> tokens(sentence).stream().map(CoreLabel::lemma).toList());
    same(sentence -> tokens(sentence).stream().map(CoreLabel::ner).toList());
  }

  @Test
  void dependenciesAndTreesAreTheSame() {
    same(s -> s.get(SemanticGraphCoreAnnotations.EnhancedDependenciesAnnotation.class).toList());
    same(s -> s.get(TreeCoreAnnotations.TreeAnnotation.class).toString());
  }

  @Test
  void triplesAndCoreferenceAreTheSame() {
    same(
        s ->
            s.get(NaturalLogicAnnotations.RelationTriplesAnnotation.class).stream()
                .map(Object::toString)
                .sorted()
                .toList());
    assertThat(ours.get(CorefCoreAnnotations.CorefChainAnnotation.class).toString())
        .isEqualTo(theirs.get(CorefCoreAnnotations.CorefChainAnnotation.class).toString());
    assertThat(theirs.get(CorefCoreAnnotations.CorefChainAnnotation.class)).isNotEmpty();
  }

  /** Without this the others would show nothing. */
  @Test
  void someTokensAreMultiword() {
    assertThat(ours.get(CoreAnnotations.TokensAnnotation.class))
        .filteredOn(CoreLabel::isMWT)
        .hasSizeGreaterThan(10);
  }
}
