package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
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

/** Sentences read together with their neighbours. */
class SentenceGroupsTest {
  private static final List<TaggedSentence> CORPUS = TinyTaggers.english(20);

  // ---- Cutting ----------------------------------------------------------------------------------

  @Property(tries = 200)
  void documentsAreCutIntoGroupsThatCouldNotBeLonger(
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
    List<List<Sentence>> groups = SentenceGroups.of(cut, tokens, Sentence::size, () -> first);

    assertThat(groups.stream().flatMap(List::stream))
        .containsExactlyElementsOf(cut.stream().flatMap(List::stream).toList());
    String last = "";
    for (int i = 0; i < groups.size(); i++) {
      List<Sentence> group = groups.get(i);
      int limit = document(group).equals(last) ? tokens : first;
      assertThat(group.stream().map(SentenceGroupsTest::document).distinct()).hasSize(1);
      if (group.size() > 1) {
        assertThat(SentenceGroups.size(group)).isLessThanOrEqualTo(limit);
      }
      if (i + 1 < groups.size() && document(groups.get(i + 1)).equals(document(group))) {
        assertThat(SentenceGroups.size(group) + 1 + groups.get(i + 1).get(0).size())
            .isGreaterThan(limit);
      }
      assertThat(SentenceGroups.joined(group).size()).isEqualTo(SentenceGroups.size(group));
      last = document(group);
    }
    assertThat(SentenceGroups.of(cut, 0, Sentence::size, () -> first))
        .isEqualTo(SentenceGroups.single(cut.stream().flatMap(List::stream).toList()));
  }

  private static String document(List<Sentence> group) {
    return document(group.get(0));
  }

  private static String document(Sentence sentence) {
    return sentence.form(0).substring(0, sentence.form(0).indexOf('.'));
  }

  // ---- Tagging ----------------------------------------------------------------------------------

  /** The oracle joins the sentences by hand, and removes the separators' tags. */
  @Property(tries = 20)
  void aGroupIsTaggedAsTheSentenceThatItsPartsMakeTogether(@ForAll long seed) {
    TaggerModel whole = model(0, seed);
    TaggerModel groups = model(1000, seed);
    List<Sentence> document = document(seed);
    List<String> forms = new ArrayList<>();
    for (Sentence sentence : document) {
      forms.addAll(sentence.forms());
      forms.add("\u2029");
    }
    forms.remove(forms.size() - 1);
    List<String> joined = new Tagger(whole).tag(Sentence.of(forms)).tags("upos").tags();

    List<String> tags = new ArrayList<>();
    for (TaggedSentence tagged : new Tagger(groups).tagDocument(document)) {
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
  void tagsDoNotDependOnOtherDocuments() {
    TaggerModel model = model(30, 5);
    List<List<Sentence>> documents = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      documents.add(document(i));
    }
    documents.add(4, List.of());
    List<List<TaggedSentence>> together = new Tagger(model).tagDocuments(documents);
    Tagger uncached = new Tagger(model, Ops.best(), 0);
    for (int i = 0; i < documents.size(); i++) {
      assertThat(together.get(i)).isEqualTo(uncached.tagDocument(documents.get(i)));
    }
  }

  // ---- Training ---------------------------------------------------------------------------------

  /** A softmax head ignores transitions, so that the loss is that of the joined sentence. */
  @Test
  void lossAndGradientsAreThoseOfTheSentenceThatThePartsMakeTogether() {
    TaggerModel model = model(1000, 8);
    List<TaggedSentence> group = CORPUS.subList(0, 3);
    Gradients ofGroup = new Gradients(model.parameters());
    double loss = train(model, List.of(group), ofGroup);

    double sum = 0;
    Gradients numeric = new Gradients(model.parameters());
    for (TaggedSentence part : group) {
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
      double above = train(model, List.of(group), numeric);
      weights[i] = weight - step;
      double below = train(model, List.of(group), numeric);
      weights[i] = weight;
      assertThat((above - below) / (2 * step))
          .as("%s[%d]", kernel.name(), i)
          .isCloseTo(ofGroup.of(kernel).data[i], within(2e-2));
    }
  }

  private static double train(
      TaggerModel model, List<List<TaggedSentence>> batch, Gradients gradients) {
    PassContext pass = PassContext.training(Ops.best(), new Workspace(), 9);
    return new TrainingLoss(model.network(), model.config(), TrainingOptions.NONE)
        .addGradients(
            new TrainingLoss.Batch(batch.stream().map(Group::new).toList()), 1, pass, gradients);
  }

  // ---- Fixtures ---------------------------------------------------------------------------------

  private static TaggerModel model(int group, long seed) {
    return TinyTaggers.untrained(
        TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos").group(group),
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
