package io.github.rnnotator.eval.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MentionAlignerTest {
  private static final List<String> TAGS = List.of("O", "B-A", "I-A", "B-B", "I-B");

  /** A side: sentences of one text, and its mentions by characters. */
  private record Side(
      List<TaggedSentence> sentences, Set<String> mentions, Set<Integer> unlabelled) {}

  @Property(tries = 1000)
  void findsTheMentionsOfTheSameCharactersAndType(@ForAll Random random) throws CorpusException {
    int characters = 1 + random.nextInt(14);
    Side gold = side(characters, random, true);
    Side predicted = side(characters, random, false);
    AlignedScorer scorer = new AlignedScorer(Map.of("ner", Measure.F1));
    int g = 0;
    int p = 0;
    while (g < gold.sentences.size() || p < predicted.sentences.size()) {
      boolean goldNext =
          p == predicted.sentences.size() || (g < gold.sentences.size() && random.nextBoolean());
      if (goldNext || g == 0) {
        scorer.addGold(gold.sentences.get(g++));
      } else {
        scorer.addPredicted(predicted.sentences.get(p++));
      }
    }
    scorer.finish();
    EvaluationReport.Rates found = scorer.score(new Bootstrap(39, 1, 0.95)).heads().get(0).rates();
    Set<String> cut = cut(predicted.mentions, gold.unlabelled);
    Set<String> both = new HashSet<>(gold.mentions);
    both.retainAll(cut);
    assertThat(List.of(found.gold(), found.predicted(), found.correct()))
        .containsExactly((long) gold.mentions.size(), (long) cut.size(), (long) both.size());
  }

  private static Set<String> cut(Set<String> mentions, Set<Integer> unlabelled) {
    Set<String> pieces = new HashSet<>();
    for (String mention : mentions) {
      String[] parts = mention.split(" ");
      int end = Integer.parseInt(parts[1]);
      int from = Integer.parseInt(parts[0]);
      for (int i = from; i <= end; i++) {
        if (i == end || unlabelled.contains(i)) {
          if (i > from) {
            pieces.add(from + " " + i + " " + parts[2]);
          }
          from = i + 1;
        }
      }
    }
    return pieces;
  }

  private static Side side(int characters, Random random, boolean maySkip) {
    Side side = new Side(new ArrayList<>(), new HashSet<>(), new HashSet<>());
    int at = 0;
    while (at < characters) {
      List<String> forms = new ArrayList<>();
      List<String> tags = new ArrayList<>();
      List<Integer> begins = new ArrayList<>();
      int end = at + 1 + random.nextInt(characters - at);
      while (at < end) {
        int length = 1 + random.nextInt(Math.min(3, end - at));
        boolean missing = maySkip && random.nextInt(5) == 0;
        forms.add("x".repeat(length));
        tags.add(missing ? TagSequence.MISSING : TAGS.get(random.nextInt(TAGS.size())));
        begins.add(at);
        if (missing) {
          IntStream.range(at, at + length).forEach(side.unlabelled::add);
        }
        at += length;
      }
      begins.add(at);
      for (Mention mention : TagScheme.IOB2.mentions(tags)) {
        side.mentions.add(
            begins.get(mention.span().begin())
                + " "
                + begins.get(mention.span().end())
                + " "
                + mention.type());
      }
      side.sentences.add(
          new TaggedSentence(Sentence.of(forms), Map.of("ner", TagSequence.of(tags))));
    }
    return side;
  }
}
