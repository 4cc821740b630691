package io.github.rnnotator.corenlp;

import static io.github.rnnotator.corenlp.Pipelines.properties;
import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.util.CoreMap;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.text.DocumentMention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Korean names end before their particles, inside of their last tokens. */
class NameSuffixTest {
  private static final String TEXT = "김민수가 부산에서 이영희를 만났다";

  @Test
  void entitiesEndBeforeTheirParticles() throws IOException {
    Annotation document = new Annotation(TEXT);
    new StanfordCoreNLP(
            properties("tokenize,rnn", "rnn.model", "ko", "tokenize.whitespace", "true"))
        .annotate(document);
    List<CoreMap> entities = document.get(CoreAnnotations.MentionsAnnotation.class);
    List<DocumentMention> mentions =
        Annotator.bundled("ko").annotate(TEXT).mentions().stream()
            .filter(mention -> mention.head().equals("ner"))
            .toList();
    assertThat(entities)
        .extracting(entity -> entity.get(CoreAnnotations.TextAnnotation.class))
        .isEqualTo(mentions.stream().map(DocumentMention::text).toList())
        .contains("부산");
    List<String> particles = new ArrayList<>();
    for (int i = 0; i < entities.size(); i++) {
      CoreMap entity = entities.get(i);
      assertThat(entity.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class))
          .isEqualTo(mentions.get(i).begin());
      assertThat(entity.get(CoreAnnotations.CharacterOffsetEndAnnotation.class))
          .isEqualTo(mentions.get(i).end());
      List<CoreLabel> tokens = entity.get(CoreAnnotations.TokensAnnotation.class);
      CoreLabel last = tokens.get(tokens.size() - 1);
      particles.add(TEXT.substring(mentions.get(i).end(), last.endPosition()));
    }
    assertThat(particles).containsExactly("가", "에서", "를");
  }
}
