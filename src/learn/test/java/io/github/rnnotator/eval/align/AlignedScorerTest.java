package io.github.rnnotator.eval.align;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.EvaluationReport.Aligned;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.segment.Segmenter;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Texts cut in two ways, scored by the scorer and by the definition: stretches of multiword tokens
 * are found by growing them until nothing sticks out, and longest common subsequences by trying
 * all.
 */
class AlignedScorerTest {
  private static final Map<String, Measure> UPOS = Map.of("upos", Measure.ACCURACY);
  private static final Bootstrap BOOTSTRAP = new Bootstrap(39, 1, 0.95);

  /** A word: characters of the text, whether they are a multiword token's, form and tag. */
  private record Word(int begin, int end, boolean multiword, String form, String upos) {}

  private record Text(
      String surface, List<Integer> sentences, List<int[]> tokens, List<Word> words) {}

  @Property(tries = 1500)
  void countsWhatTheDefinitionCounts(@ForAll Random random) throws IOException {
    List<Text> texts = texts(random);
    Text gold = texts.get(0);
    Text predicted = texts.get(1);
    Map<String, Aligned> found = score(conllu(gold), conllu(predicted));

    assertThat(counts(found, "Tokens")).isEqualTo(both(gold, predicted, AlignedScorerTest::tokens));
    assertThat(counts(found, "Sentences"))
        .isEqualTo(both(gold, predicted, AlignedScorerTest::sentences));
    List<Word[]> aligned = align(gold.words, predicted.words);
    assertThat(counts(found, "Words"))
        .as("gold\n%s\npredicted\n%s", conllu(gold), conllu(predicted))
        .containsExactly(gold.words.size(), predicted.words.size(), aligned.size());
    int correct = (int) aligned.stream().filter(p -> p[0].upos.equals(p[1].upos)).count();
    assertThat(counts(found, "UPOS"))
        .as("gold\n%s\npredicted\n%s", conllu(gold), conllu(predicted))
        .containsExactly(gold.words.size(), predicted.words.size(), correct);
    assertThat(found.get("UPOS").aligned().total()).isEqualTo(aligned.size());
    assertThat(found.get("UPOS").aligned().correct()).isEqualTo(correct);
  }

  @Property(tries = 100)
  void textAgainstItselfScoresFullMarks(@ForAll Random random) throws IOException {
    String text = conllu(texts(random).get(0));
    assertThat(score(text, text).values())
        .allMatch(metric -> metric.rates().f1() == 100)
        .allMatch(metric -> metric.interval().low() == 100);
  }

  @Property(tries = 300)
  void sentencesOfAnAnnotatorScoreLikeThoseOfAFile(@ForAll Random random) throws IOException {
    List<Text> texts = texts(random);
    String gold = conllu(texts.get(0));
    String predicted = conllu(texts.get(1));
    AlignedScorer scorer =
        AlignedScorer.of(UPOS, reader(gold, "gold"), withoutOrigins(reader(predicted, "file")));
    assertThat(metrics(scorer)).isEqualTo(score(gold, predicted));
  }

  @Test
  void anAnnotatorMayFindMultiwordTokens() throws IOException {
    String gold =
        """
        # text = da França
        1-2\tda\t_\t_\t_\t_\t_\t_\t_\t_
        1\tde\t_\tADP\t_\t_\t_\t_\t_\t_
        2\ta\t_\tDET\t_\t_\t_\t_\t_\t_
        3\tFrança\t_\tPROPN\t_\t_\t_\t_\t_\t_

        """;
    Segmenter splitting =
        (text, beforeWork) ->
            List.of(
                new Sentence(
                    List.of(new Token("de", 0, 2), new Token("o", 0, 2), new Token("França", 3, 9)),
                    List.of(new MultiwordToken("da", new Span(0, 2), 0, 2))));
    Annotator annotator =
        Annotator.of(
            splitting,
            documents ->
                documents.stream()
                    .map(
                        sentences ->
                            sentences.stream()
                                .map(
                                    sentence ->
                                        new TaggedSentence(
                                            sentence,
                                            Map.of("upos", TagSequence.of("ADP", "PRON", "PROPN"))))
                                .toList())
                    .toList());
    List<TaggedSentence> found = annotator.annotate("da França ").sentences();
    Map<String, Aligned> scores =
        metrics(AlignedScorer.of(UPOS, reader(gold, "gold"), SentenceReader.of(found)));
    assertThat(counts(scores, "Tokens")).containsExactly(2, 2, 2);
    assertThat(counts(scores, "Words")).containsExactly(3, 3, 2);
    assertThat(counts(scores, "UPOS")).containsExactly(3, 3, 2);
  }

  @Test
  void aContractionThatWasNotSplit() throws IOException {
    String gold =
        """
        1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_
        1\tde\t_\tADP\t_\t_\t_\t_\t_\t_
        2\tle\t_\tDET\t_\t_\t_\t_\t_\t_
        3\tvin\t_\tNOUN\t_\t_\t_\t_\t_\t_

        """;
    String predicted =
        """
        1\tdu\t_\tADP\t_\t_\t_\t_\t_\t_
        2\tvin\t_\tVERB\t_\t_\t_\t_\t_\t_

        """;
    Map<String, Aligned> found = score(gold, predicted);
    assertThat(counts(found, "Tokens")).containsExactly(2, 2, 2);
    assertThat(counts(found, "Words")).containsExactly(3, 2, 1);
    assertThat(found.get("Words").rates().f1()).isEqualTo(40);
    assertThat(found.get("UPOS").rates().f1()).isZero();
    assertThat(found.get("UPOS").aligned()).isEqualTo(new EvaluationReport.Share(1, 0, 0));
  }

  @Test
  void aContractionThatWasSplitInOtherWords() throws IOException {
    String gold =
        """
        1-3\tDámelo\t_\t_\t_\t_\t_\t_\t_\t_
        1\tDa\t_\tVERB\t_\t_\t_\t_\t_\t_
        2\tme\t_\tPRON\t_\t_\t_\t_\t_\t_
        3\tlo\t_\tPRON\t_\t_\t_\t_\t_\t_

        """;
    String predicted =
        """
        1-2\tDámelo\t_\t_\t_\t_\t_\t_\t_\t_
        1\tDame\t_\tVERB\t_\t_\t_\t_\t_\t_
        2\tLO\t_\tPRON\t_\t_\t_\t_\t_\t_

        """;
    Map<String, Aligned> found = score(gold, predicted);
    assertThat(counts(found, "Words")).containsExactly(3, 2, 1);
    assertThat(counts(found, "UPOS")).containsExactly(3, 2, 1);
  }

  @Test
  void spacesWithinFormsDoNotMatter() throws IOException {
    String gold = "1\t10\u00a0000\t_\tNUM\t_\t_\t_\t_\t_\t_\n\n";
    String predicted = "1\t10\t_\tNUM\t_\t_\t_\t_\t_\t_\n2\t000\t_\tNUM\t_\t_\t_\t_\t_\t_\n\n";
    assertThat(counts(score(gold, predicted), "Words")).containsExactly(1, 2, 0);
    assertThat(counts(score(gold, predicted), "Sentences")).containsExactly(1, 1, 1);
  }

  @Test
  void differingTextsAreRefusedAtTheFirstDifference() {
    String gold = word("Oslo") + word("rains");
    assertThatThrownBy(() -> score(gold, word("Oslo") + word("rays")))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "gold:3: the text continues with 'ins', but that of predicted:3 with 'ys';"
                + " both must have the same characters, white space aside");
    assertThatThrownBy(() -> score(gold, word("Oslo")))
        .hasMessageContaining("gold:3: the text continues with 'rains', but that of predicted:1")
        .hasMessageContaining("with nothing");
    assertThatThrownBy(() -> score(word("O"), gold))
        .hasMessageContaining("with nothing", "with 'slorains'");
  }

  @Test
  void invisibleCharactersAndCompositionDoNotMatter() throws IOException {
    String gold = word("co\u200Boperate") + word("Zo\u00EB") + word("\u2028now");
    String predicted = word("\uFEFFcooperate") + word("Zoe\u0308") + word("no\u00ADw");
    for (String metric : List.of("Tokens", "Sentences", "Words", "UPOS")) {
      assertThat(counts(score(gold, predicted), metric)).as(metric).containsExactly(3, 3, 3);
    }
  }

  @Test
  void wordsWithoutVisibleCharactersAreLeftOut() throws IOException {
    String gold = word("\u00a0") + word("a") + word("\u200B");
    assertThat(counts(score(gold, word("a")), "Sentences")).containsExactly(1, 1, 1);
    assertThat(counts(score(word("a"), gold), "Words")).containsExactly(1, 1, 1);
  }

  /**
   * Worked out by hand by the definitions of conll18_ud_eval: universal features in any order, any
   * lemma is right where gold has none, all tags together.
   */
  @Test
  void featuresAndLemmasAreComparedAsInTheSharedTask() throws IOException {
    String gold =
        "1\ta\ta\tX\tA\tNumber=Sing|Typo=Yes\t_\t_\t_\t_\n"
            + "2\tb\t_\tX\tB\tCase=Nom|Number=Sing\t_\t_\t_\t_\n"
            + "3\tc\tc\tX\t_\t_\t_\t_\t_\t_\n"
            + "4\td\td\tX\tD\tCase=Nom\t_\t_\t_\t_\n\n";
    String predicted =
        "1\ta\tA\tX\tA\tNumber=Sing\t_\t_\t_\t_\n"
            + "2\tb\twhat\tX\tB\tNumber=Sing|Case=Nom\t_\t_\t_\t_\n"
            + "3\tc\tc\tX\tC\tTypo=Yes\t_\t_\t_\t_\n"
            + "4\td\td\tX\tD\tCase=Acc\t_\t_\t_\t_\n\n";
    Map<String, Measure> heads = new LinkedHashMap<>();
    heads.put("upos", Measure.ACCURACY);
    heads.put("xpos", Measure.ACCURACY);
    heads.put("feats", Measure.FEATS);
    heads.put("lemma", Measure.LEMMA);
    CorpusFormat format =
        new CorpusFormat.Conllu(
            Map.of("upos", "upos", "xpos", "xpos", "feats", "feats", "lemma", "lemma"));
    Map<String, Aligned> scores =
        metrics(
            AlignedScorer.of(
                heads,
                format.open(new ByteArrayInputStream(gold.getBytes(UTF_8)), "gold"),
                format.open(new ByteArrayInputStream(predicted.getBytes(UTF_8)), "predicted")));
    assertThat(counts(scores, "UFeats")).containsExactly(4, 4, 3);
    assertThat(counts(scores, "Lemmas")).containsExactly(4, 4, 3);
    // The third has another XPOS than _, the fourth another case.
    assertThat(counts(scores, "AllTags")).containsExactly(4, 4, 2);
    assertThat(counts(scores, "XPOS")).containsExactly(3, 3, 3);
  }

  private static String word(String form) {
    return "1\t" + form + "\t_\tX\t_\t_\t_\t_\t_\t_\n\n";
  }

  private static Map<String, Aligned> score(String gold, String predicted) throws IOException {
    return metrics(AlignedScorer.of(UPOS, reader(gold, "gold"), reader(predicted, "predicted")));
  }

  private static Map<String, Aligned> metrics(AlignedScorer scorer) {
    Map<String, Aligned> found = new HashMap<>();
    scorer.score(BOOTSTRAP).metrics().forEach(metric -> found.put(metric.name(), metric));
    return found;
  }

  private static SentenceReader withoutOrigins(SentenceReader reader) throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (Optional<TaggedSentence> next = reader.read(); next.isPresent(); next = reader.read()) {
      sentences.add(next.get().with(Origin.NONE));
    }
    return SentenceReader.of(sentences);
  }

  private static SentenceReader reader(String text, String name) {
    return new CorpusFormat.Conllu(Map.of("upos", "upos"))
        .open(new ByteArrayInputStream(text.getBytes(UTF_8)), name);
  }

  private static List<Integer> counts(Map<String, Aligned> found, String metric) {
    EvaluationReport.Rates rates = found.get(metric).rates();
    return List.of((int) rates.gold(), (int) rates.predicted(), (int) rates.correct());
  }

  private static List<Integer> both(
      Text gold, Text predicted, Function<Text, Set<List<Integer>>> spans) {
    Set<List<Integer>> common = new HashSet<>(spans.apply(gold));
    common.retainAll(spans.apply(predicted));
    return List.of(spans.apply(gold).size(), spans.apply(predicted).size(), common.size());
  }

  private static Set<List<Integer>> tokens(Text text) {
    Set<List<Integer>> spans = new HashSet<>();
    text.tokens.forEach(token -> spans.add(List.of(token[0], token[1])));
    return spans;
  }

  private static Set<List<Integer>> sentences(Text text) {
    Set<List<Integer>> spans = new HashSet<>();
    for (int i = 0; i < text.sentences.size(); i++) {
      spans.add(List.of(i == 0 ? 0 : text.sentences.get(i - 1), text.sentences.get(i)));
    }
    return spans;
  }

  /** The alignment by its definition. */
  private static List<Word[]> align(List<Word> gold, List<Word> predicted) {
    List<Word[]> aligned = new ArrayList<>();
    for (int[] stretch : stretches(gold, predicted)) {
      List<Word> golds = inside(gold, stretch);
      List<Word> predicteds = inside(predicted, stretch);
      alignForms(golds, predicteds, aligned);
    }
    for (Word g : gold) {
      for (Word p : predicted) {
        if (!g.multiword && !p.multiword && g.begin == p.begin && g.end == p.end) {
          boolean covered =
              stretches(gold, predicted).stream().anyMatch(s -> s[0] < g.end && g.begin < s[1]);
          if (!covered) {
            aligned.add(new Word[] {g, p});
          }
        }
      }
    }
    return aligned;
  }

  /** Multiword tokens of both sides, joined where they overlap. */
  private static List<int[]> stretches(List<Word> gold, List<Word> predicted) {
    List<int[]> stretches = new ArrayList<>();
    List<Word> all = new ArrayList<>(gold);
    all.addAll(predicted);
    for (Word word : all) {
      if (word.multiword) {
        int[] grown = {word.begin, word.end};
        for (boolean again = true; again; ) {
          again =
              stretches.removeIf(
                  other -> {
                    boolean overlaps = other[0] < grown[1] && grown[0] < other[1];
                    if (overlaps) {
                      grown[0] = Math.min(grown[0], other[0]);
                      grown[1] = Math.max(grown[1], other[1]);
                    }
                    return overlaps;
                  });
        }
        stretches.add(grown);
      }
    }
    return stretches;
  }

  private static List<Word> inside(List<Word> words, int[] stretch) {
    return words.stream().filter(w -> stretch[0] <= w.begin && w.end <= stretch[1]).toList();
  }

  private static void alignForms(List<Word> gold, List<Word> predicted, List<Word[]> aligned) {
    if (gold.isEmpty() || predicted.isEmpty()) {
      return;
    }
    if (lower(gold.get(0)).equals(lower(predicted.get(0)))) {
      aligned.add(new Word[] {gold.get(0), predicted.get(0)});
      alignForms(rest(gold), rest(predicted), aligned);
    } else if (longest(rest(gold), predicted) == longest(gold, predicted)) {
      alignForms(rest(gold), predicted, aligned);
    } else {
      alignForms(gold, rest(predicted), aligned);
    }
  }

  /** The longest common subsequence, by trying every subset of the gold words. */
  private static int longest(List<Word> gold, List<Word> predicted) {
    int best = 0;
    for (int subset = 0; subset < 1 << gold.size(); subset++) {
      int next = 0;
      boolean found = true;
      for (int i = 0; i < gold.size() && found; i++) {
        if ((subset >> i & 1) == 1) {
          while (next < predicted.size()
              && !lower(predicted.get(next)).equals(lower(gold.get(i)))) {
            next++;
          }
          found = next++ < predicted.size();
        }
      }
      best = Math.max(best, found ? Integer.bitCount(subset) : 0);
    }
    return best;
  }

  private static List<Word> rest(List<Word> words) {
    return words.subList(1, words.size());
  }

  private static String lower(Word word) {
    return word.form.toLowerCase(Locale.ROOT);
  }

  /**
   * Two ways to cut one text, put together from parts that both ways begin and end together: parts
   * of words alone, whose last character is a word on both sides, and parts that are one stretch of
   * multiword tokens. (Where a word of one side sticks into such a stretch from before it, the
   * script, and so the scorer, looks for partners of the words after it, too.)
   */
  private static List<Text> texts(Random random) {
    StringBuilder surface = new StringBuilder();
    List<List<Word>> sides = List.of(new ArrayList<>(), new ArrayList<>());
    for (int part = 1 + random.nextInt(4); part > 0; part--) {
      int begin = surface.length();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        surface.append(letter(random));
      }
      int end = surface.length();
      boolean stretch = random.nextBoolean();
      List<List<Word>> cut;
      do {
        cut =
            List.of(
                cut(random, surface, begin, end, stretch),
                cut(random, surface, begin, end, stretch));
      } while (stretch && !isOneStretch(cut, begin, end));
      sides.get(0).addAll(cut.get(0));
      sides.get(1).addAll(cut.get(1));
    }
    return sides.stream().map(words -> text(random, surface.toString(), words)).toList();
  }

  private static boolean isOneStretch(List<List<Word>> cut, int begin, int end) {
    List<int[]> stretches = stretches(cut.get(0), cut.get(1));
    return stretches.size() == 1 && stretches.get(0)[0] == begin && stretches.get(0)[1] == end;
  }

  private static List<Word> cut(
      Random random, StringBuilder surface, int begin, int end, boolean multiwords) {
    List<Word> words = new ArrayList<>();
    int last = multiwords ? end : end - 1;
    for (int at = begin; at < end; ) {
      int next = at == last ? end : Math.min(last, at + 1 + random.nextInt(4));
      boolean multiword = multiwords && random.nextBoolean();
      for (int i = multiword ? 2 + random.nextInt(3) : 1; i > 0; i--) {
        String form = multiword ? letter(random) : surface.substring(at, next);
        words.add(new Word(at, next, multiword, form, List.of("N", "V").get(random.nextInt(2))));
      }
      at = next;
    }
    return words;
  }

  private static String letter(Random random) {
    return List.of("a", "b", "A").get(random.nextInt(3));
  }

  /** Puts tokens and sentences around the words of a side. */
  private static Text text(Random random, String surface, List<Word> words) {
    List<int[]> tokens = new ArrayList<>();
    List<Integer> sentences = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean last = i + 1 == words.size();
      if (last || words.get(i + 1).begin > word.begin) {
        tokens.add(new int[] {word.begin, word.end});
        if (last || random.nextInt(3) == 0) {
          sentences.add(word.end);
        }
      }
    }
    return new Text(surface, sentences, tokens, words);
  }

  private static String conllu(Text text) {
    StringBuilder out = new StringBuilder();
    int next = 0;
    int id = 0;
    for (int[] token : text.tokens) {
      List<Word> inside = new ArrayList<>();
      while (next < text.words.size() && text.words.get(next).begin == token[0]) {
        inside.add(text.words.get(next++));
      }
      if (inside.get(0).multiword) {
        out.append(id + 1).append('-').append(id + inside.size()).append('\t');
        out.append(text.surface, token[0], token[1]).append("\t_\t_\t_\t_\t_\t_\t_\t_\n");
      }
      for (Word word : inside) {
        out.append(++id).append('\t').append(word.form).append("\t_\t").append(word.upos);
        out.append("\t_\t_\t_\t_\t_\t_\n");
      }
      if (text.sentences.contains(token[1])) {
        out.append('\n');
        id = 0;
      }
    }
    return out.toString();
  }
}
