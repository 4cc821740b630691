package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MentionReplacementTest {
  private static final List<String> TYPES = List.of("PER", "LOC");

  /** Words that encode their role: outside, or type, number of the mention, position in it. */
  private static TaggedSentence sentence(Random random, TagScheme scheme, int number) {
    List<String> forms = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    List<Mention> mentions = new ArrayList<>();
    int parts = 1 + random.nextInt(6);
    for (int part = 0; part < parts; part++) {
      if (random.nextBoolean()) {
        forms.add("out" + number + "-" + part);
        kinds.add("w");
      } else {
        String type = TYPES.get(random.nextInt(2));
        boolean capitals = random.nextInt(3) == 0;
        int begin = forms.size();
        for (int i = 0; i <= random.nextInt(3); i++) {
          String form = "M" + type + number + "-" + part + "-" + i;
          forms.add(capitals ? form : form + "x");
          kinds.add(capitals ? "C" : "c");
        }
        mentions.add(new Mention(new Span(begin, forms.size()), type));
      }
    }
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("kind", TagSequence.of(kinds));
    tags.put("ner", TagSequence.of(scheme.tags(forms.size(), mentions)));
    return new TaggedSentence(Sentence.of(forms), tags);
  }

  private static Map<String, Labels> labels(List<TaggedSentence> sentences) {
    Map<String, Labels> labels = new LinkedHashMap<>();
    labels.put("kind", Labels.of(tags(sentences, "kind"), null));
    labels.put("ner", Labels.of(tags(sentences, "ner"), TagScheme.IOBES));
    return labels;
  }

  private static List<List<String>> tags(List<TaggedSentence> sentences, String head) {
    return sentences.stream().map(s -> s.tags(head).tags()).toList();
  }

  private static MentionReplacement replacement(List<TaggedSentence> sentences, float share) {
    return MentionReplacement.of(Dataset.of(sentences), labels(sentences), share).orElseThrow();
  }

  private static List<String> texts(TaggedSentence sentence, TagScheme scheme, boolean typed) {
    List<String> texts = new ArrayList<>();
    for (Mention mention : scheme.mentions(sentence.tags("ner").tags())) {
      List<String> forms =
          sentence.sentence().forms().subList(mention.span().begin(), mention.span().end());
      boolean capitals = forms.stream().noneMatch(f -> f.endsWith("x"));
      texts.add(typed ? mention.type() + capitals : String.join(" ", forms));
    }
    return texts;
  }

  private static List<TaggedSentence> corpus(long seed, TagScheme scheme) {
    Random random = new Random(seed);
    List<TaggedSentence> corpus = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      corpus.add(sentence(random, scheme, i));
    }
    return corpus;
  }

  @Property(tries = 200)
  void onlyMentionsChangeAndEachBecomesAWholeOneOfItsKind(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 1) int which) {
    TagScheme scheme = which == 0 ? TagScheme.IOB2 : TagScheme.IOBES;
    List<TaggedSentence> corpus = corpus(seed, scheme);
    if (Labels.of(tags(corpus, "ner"), TagScheme.IOBES).fileScheme() != scheme) {
      return; // too few mentions to detect the scheme
    }
    Set<String> known =
        corpus.stream()
            .flatMap(s -> texts(s, scheme, false).stream())
            .collect(Collectors.toCollection(HashSet::new));
    MentionReplacement replacement = replacement(corpus, 0.7f);
    SplittableRandom random = new SplittableRandom(seed);
    for (TaggedSentence sentence : corpus) {
      TaggedSentence replaced = replacement.replace(sentence, random);
      assertThat(texts(replaced, scheme, true)).isEqualTo(texts(sentence, scheme, true));
      assertThat(known).containsAll(texts(replaced, scheme, false));
      assertThat(replaced.sentence().forms().stream().filter(f -> f.startsWith("out")))
          .containsExactlyElementsOf(
              sentence.sentence().forms().stream().filter(f -> f.startsWith("out")).toList());
      assertThat(scheme.isLegal(replaced.tags("ner").tags())).isTrue();
      for (int i = 0; i < replaced.size(); i++) {
        String form = replaced.sentence().form(i);
        String kind = form.startsWith("out") ? "w" : form.endsWith("x") ? "c" : "C";
        assertThat(replaced.tags("kind").tag(i)).as(form).isEqualTo(kind);
      }
    }
  }

  @Test
  void asManyMentionsAreReplacedAsAsked() {
    List<TaggedSentence> corpus = corpus(5, TagScheme.IOB2);
    MentionReplacement replacement = replacement(corpus, 0.25f);
    SplittableRandom random = new SplittableRandom(6);
    int all = 0;
    int replaced = 0;
    for (int round = 0; round < 400; round++) {
      for (TaggedSentence sentence : corpus) {
        List<String> before = texts(sentence, TagScheme.IOB2, false);
        List<String> after = texts(replacement.replace(sentence, random), TagScheme.IOB2, false);
        for (int i = 0; i < before.size(); i++) {
          all++;
          replaced += before.get(i).equals(after.get(i)) ? 0 : 1;
        }
      }
    }
    // Some draw themselves, since each kind has few.
    assertThat((double) replaced / all).isCloseTo(0.22, within(0.03));
    assertThat(replacement(corpus, 0).replace(corpus.get(0), random)).isSameAs(corpus.get(0));
  }

  @Test
  void neighboursInIob1AreToldApart() {
    TaggedSentence apart =
        new TaggedSentence(
            Sentence.of("Oslo", "and", "Rome"),
            Map.of("ner", TagSequence.of("I-LOC", "O", "I-LOC")));
    TaggedSentence touching =
        new TaggedSentence(
            Sentence.of("Oslo", "Rome"), Map.of("ner", TagSequence.of("I-LOC", "B-LOC")));
    List<TaggedSentence> corpus = List.of(apart, touching);
    Map<String, Labels> labels = Map.of("ner", Labels.of(tags(corpus, "ner"), TagScheme.IOBES));
    assertThat(labels.get("ner").fileScheme()).isEqualTo(TagScheme.IOB1);
    MentionReplacement all = MentionReplacement.of(Dataset.of(corpus), labels, 1).orElseThrow();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      assertThat(all.replace(apart, random).tags("ner").tags())
          .containsExactly("I-LOC", "O", "I-LOC");
      assertThat(all.replace(touching, random).tags("ner").tags())
          .containsExactly("I-LOC", "B-LOC");
    }
  }

  @Test
  void mentionsComeFromSentencesWithAtLeastTheSameHeads() {
    List<TaggedSentence> corpus = corpus(7, TagScheme.IOB2);
    TaggedSentence poor =
        new TaggedSentence(Sentence.of("Poor"), Map.of("ner", TagSequence.of("B-PER")));
    TaggedSentence bare =
        new TaggedSentence(Sentence.of("MPER"), Map.of("kind", TagSequence.of("c")));
    List<TaggedSentence> all = new ArrayList<>(corpus);
    all.add(poor);
    MentionReplacement replacement =
        MentionReplacement.of(Dataset.of(all), labels(corpus), 1).orElseThrow();
    SplittableRandom random = new SplittableRandom(8);
    assertThat(replacement.replace(bare, random)).isSameAs(bare);
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      TaggedSentence replaced = replacement.replace(poor, random);
      assertThat(replaced.tags().keySet()).containsExactly("ner");
      seen.add(replaced.sentence().forms());
      for (TaggedSentence rich : corpus) {
        assertThat(replacement.replace(rich, random).sentence().forms()).doesNotContain("Poor");
      }
    }
    assertThat(seen).hasSizeGreaterThan(2).contains(List.of("Poor"));
  }

  @Test
  void withSeveralSourcesLowerCaseStaysLowerCase() {
    TaggedSentence cased =
        new TaggedSentence(
            Sentence.of("Oslo", "and", "Rome"),
            Map.of("ner", TagSequence.of("B-LOC", "O", "B-LOC")));
    TaggedSentence lower =
        new TaggedSentence(
            Sentence.of("in", "bergen", "and", "turin"),
            Map.of("ner", TagSequence.of("O", "B-LOC", "O", "B-LOC")));
    Dataset corpus =
        new Dataset(
            List.of(
                new Group(List.of(cased), new Group.Source("cased", 1, null)),
                new Group(List.of(lower), new Group.Source("lower", 1, null))));
    Map<String, Labels> labels =
        Map.of("ner", Labels.of(tags(corpus.sentences(), "ner"), TagScheme.IOBES));
    MentionReplacement all = MentionReplacement.of(corpus, labels, 1).orElseThrow();
    SplittableRandom random = new SplittableRandom(2);
    Set<String> forms = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      forms.addAll(all.replace(lower, random).sentence().forms());
    }
    assertThat(forms).containsExactlyInAnyOrder("in", "and", "bergen", "turin");
  }

  @Test
  void withoutASchemeThereAreNoMentions() {
    List<TaggedSentence> corpus = corpus(9, TagScheme.IOB2);
    Map<String, Labels> flat = Map.of("kind", Labels.of(tags(corpus, "kind"), null));
    assertThat(MentionReplacement.of(Dataset.of(corpus), flat, 1)).isEmpty();
  }

  @Test
  void namesOfOtherCorporaGetTheParticlesOfThoseThatTheyReplace() {
    TaggedSentence tagged =
        new TaggedSentence(
            Sentence.of("그는", "부산은", "간다"),
            Map.of(
                "ner", TagSequence.of("O", "B-LOC", "O"),
                "ner_suffix", TagSequence.of("", "1", "")));
    TaggedSentence bare =
        new TaggedSentence(
            Sentence.of("경기도", "대구", "소재"), Map.of("ner", TagSequence.of("B-LOC", "I-LOC", "O")));
    Map<String, Labels> labels =
        Map.of(
            "ner",
            Labels.of(
                List.of(tagged.tags("ner").tags(), bare.tags("ner").tags()), TagScheme.IOBES));
    MentionReplacement replacement =
        MentionReplacement.of(Dataset.of(List.of(tagged, bare)), labels, 1).orElseThrow();
    SplittableRandom random = new SplittableRandom(1);
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      TaggedSentence replaced = replacement.replace(tagged, random);
      seen.add(replaced.sentence().forms());
      if (replaced.size() == 4) {
        assertThat(replaced.tags("ner").tags()).containsExactly("O", "B-LOC", "I-LOC", "O");
        assertThat(replaced.tags("ner_suffix").tags()).containsExactly("", "", "1", "");
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(List.of("그는", "부산은", "간다"), List.of("그는", "경기도", "대구는", "간다"));
  }
}
