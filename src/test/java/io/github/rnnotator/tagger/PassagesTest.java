package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.kernel.Kernels;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Pass;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.tagger.EncoderLayer.CellKind;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sentences that are read together with their neighbours. */
class PassagesTest {
  private static final List<TaggedSentence> CORPUS = TinyTaggers.english(20);

  // ---- Cutting ---------------------------------------------------------------------------------

  @Property(tries = 200)
  void documentsAreCutIntoPassagesThatCouldNotBeLonger(
      @ForAll @IntRange(max = 5) int documents,
      @ForAll @IntRange(min = 1, max = 40) int tokens,
      @ForAll @IntRange(min = 1, max = 40) int first,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<List<Sentence>> cut = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      List<Sentence> document = new ArrayList<>();
      for (int j = random.nextInt(12); j >= 0; j--) {
        document.add(Sentence.of(Collections.nCopies(1 + random.nextInt(20), i + "." + j)));
      }
      cut.add(document);
    }
    List<List<Sentence>> passages = Passages.of(cut, tokens, Sentence::size, () -> first);

    assertThat(passages.stream().flatMap(List::stream))
        .containsExactlyElementsOf(cut.stream().flatMap(List::stream).toList());
    String last = "";
    for (int i = 0; i < passages.size(); i++) {
      List<Sentence> passage = passages.get(i);
      int limit = document(passage).equals(last) ? tokens : first;
      assertThat(passage.stream().map(PassagesTest::document).distinct()).hasSize(1);
      if (passage.size() > 1) {
        assertThat(Passages.size(passage)).isLessThanOrEqualTo(limit);
      }
      if (i + 1 < passages.size() && document(passages.get(i + 1)).equals(document(passage))) {
        assertThat(Passages.size(passage) + 1 + passages.get(i + 1).get(0).size())
            .isGreaterThan(limit);
      }
      assertThat(Passages.joined(passage).size()).isEqualTo(Passages.size(passage));
      last = document(passage);
    }
    assertThat(Passages.of(cut, 0, Sentence::size, () -> first))
        .isEqualTo(Passages.single(cut.stream().flatMap(List::stream).toList()));
  }

  private static String document(List<Sentence> passage) {
    return document(passage.get(0));
  }

  private static String document(Sentence sentence) {
    return sentence.form(0).substring(0, sentence.form(0).indexOf('.'));
  }

  // ---- Tagging ---------------------------------------------------------------------------------

  /** The oracle joins the sentences by hand, and takes the separators' tags away. */
  @Property(tries = 20)
  void aPassageIsTaggedAsTheSentenceThatItsPartsMakeTogether(@ForAll long seed) {
    TaggerModel whole = model(0, seed);
    TaggerModel passages = model(1000, seed);
    List<Sentence> document = document(seed);
    List<String> forms = new ArrayList<>();
    for (Sentence sentence : document) {
      forms.addAll(sentence.forms());
      forms.add("\u2029");
    }
    forms.remove(forms.size() - 1);
    List<String> joined = new Tagger(whole).tag(Sentence.of(forms)).tags("upos").tags();

    List<String> tags = new ArrayList<>();
    for (TaggedSentence tagged : new Tagger(passages).tagDocument(document)) {
      tags.addAll(tagged.tags("upos").tags());
      tags.add("between");
    }
    for (int i = 0; i < forms.size(); i++) {
      assertThat(tags.get(i)).isEqualTo(forms.get(i).equals("\u2029") ? "between" : joined.get(i));
    }
  }

  @Test
  void neighboursCountInADocumentAndNowhereElse() {
    Tagger tagger = new Tagger(model(1000, 3));
    Sentence sentence = CORPUS.get(0).sentence();
    List<Sentence> document = List.of(sentence, CORPUS.get(1).sentence(), CORPUS.get(2).sentence());
    TaggedSentence alone = tagger.tag(sentence);
    assertThat(tagger.tag(document).get(0)).isEqualTo(alone);
    assertThat(tagger.tagDocument(List.of(sentence))).containsExactly(alone);
    assertThat(tagger.tagDocument(document).get(0).tags("upos").probabilities())
        .isNotEqualTo(alone.tags("upos").probabilities());
    assertThat(tagger.tagDocument(document).get(0).sentence()).isSameAs(sentence);

    Tagger plain = new Tagger(model(0, 3));
    assertThat(plain.tagDocument(document)).isEqualTo(plain.tag(document));
  }

  @Test
  void aDocumentsTagsDoNotDependOnWhichDocumentsStandBesideIt() {
    TaggerModel model = model(30, 5);
    List<List<Sentence>> documents = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      documents.add(document(i));
    }
    documents.add(4, List.of());
    List<List<TaggedSentence>> together = new Tagger(model).tagDocuments(documents);
    Tagger uncached = new Tagger(model, Kernels.best(), 0);
    for (int i = 0; i < documents.size(); i++) {
      assertThat(together.get(i)).isEqualTo(uncached.tagDocument(documents.get(i)));
    }
  }

  // ---- Training --------------------------------------------------------------------------------

  /** A softmax head knows no sequences, so that the loss is that of the joined sentence. */
  @Test
  void lossAndGradientsAreThoseOfTheSentenceThatThePartsMakeTogether() {
    TaggerModel model = model(1000, 8);
    List<TaggedSentence> passage = CORPUS.subList(0, 3);
    Gradients ofPassage = new Gradients(model.parameters());
    double loss = train(model, List.of(passage), ofPassage);

    double sum = 0;
    Gradients numeric = new Gradients(model.parameters());
    for (TaggedSentence part : passage) {
      sum += train(model, List.of(List.of(part)), numeric);
    }
    assertThat(loss).isNotCloseTo(sum, within(1e-6));

    // Numerically, by every tenth weight of the recurrent layer.
    Parameter kernel =
        model.parameters().stream()
            .filter(p -> p.name().startsWith("encoder.") && p.name().contains("recurrent"))
            .findFirst()
            .orElseThrow();
    float[] weights = kernel.value().data;
    float step = 1e-2f;
    for (int i = 0; i < kernel.size(); i += 10) {
      float weight = weights[i];
      weights[i] = weight + step;
      double above = train(model, List.of(passage), numeric);
      weights[i] = weight - step;
      double below = train(model, List.of(passage), numeric);
      weights[i] = weight;
      assertThat((above - below) / (2 * step))
          .as("%s[%d]", kernel.name(), i)
          .isCloseTo(ofPassage.of(kernel).data[i], within(2e-2));
    }
  }

  private static double train(
      TaggerModel model, List<List<TaggedSentence>> batch, Gradients gradients) {
    Pass pass = Pass.training(Kernels.best(), new Workspace(), 9);
    return model.network().train(batch, 1, pass, gradients);
  }

  // ---- What the tests are made of --------------------------------------------------------------

  private static TaggerModel model(int passage, long seed) {
    return TinyTaggers.untrained(
        TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos").withPassage(passage),
        CORPUS,
        0.6f,
        seed);
  }

  private static List<Sentence> document(long seed) {
    Random random = new Random(seed);
    List<Sentence> document = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      document.add(CORPUS.get(random.nextInt(CORPUS.size())).sentence());
    }
    return document;
  }
}
