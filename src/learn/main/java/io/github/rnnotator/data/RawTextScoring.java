package io.github.rnnotator.data;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.align.AlignedScorer;
import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scores a model on the raw text of a CoNLL-U file, or another CoNLL-U file of the same text. Not
 * thread-safe.
 */
public final class RawTextScoring {
  private final Path gold;
  private final String in;
  private final @Nullable TypeMap types;
  private final @Nullable String head;
  private final List<String> notes = new ArrayList<>();

  /**
   * The scores and the notes on them.
   *
   * @param scorer has read both sides
   * @param notes one line for each unnamed head without gold, which is not scored
   */
  public record Result(AlignedScorer scorer, List<String> notes) {}

  /**
   * Scores against a file.
   *
   * @param gold a file with gold tags
   * @param in its format: {@code conllu}, or {@code characters} ({@link CharacterTags})
   * @param types the model's types of the gold mentions, or null for the same
   * @param head the only head to score, or null for all; of a file of predictions, UPOS, XPOS,
   *     features and lemmas
   */
  public RawTextScoring(Path gold, String in, @Nullable TypeMap types, @Nullable String head) {
    this.gold = gold;
    this.in = in;
    this.types = types;
    this.head = head;
  }

  /**
   * Scores a model that splits and tags the text of the file.
   *
   * @throws InputException if the model has no such head
   */
  public Result ofModel(TaggerModel model) throws IOException {
    InputConfig input = model.config().input();
    Map<String, Measure> all =
        head == null ? HeadMeasures.of(model.config()) : HeadMeasures.of(model, head);
    Map<String, String> columns = new LinkedHashMap<>(input.heads());
    columns.keySet().retainAll(all.keySet());
    SentenceSource format =
        in.equals(CharacterTags.NAME)
            ? CharacterTags.of(headOfMentions(all), Formats.tokenizer(input))
            : Formats.of(in, input, columns);
    all.keySet().retainAll(format.heads().keySet());
    Map<String, Measure> measures = ScoredHeads.of(format, gold, all, notes::add);
    try {
      model.requireNoColumns();
    } catch (IllegalArgumentException e) {
      throw new InputException("--raw: " + e.getMessage());
    }
    Annotator annotator = Annotator.of(new Tagger(model));
    return score(format, measures, new AnnotatedText(new ConlluText(format.open(gold)), annotator));
  }

  /** Gives the gold mentions the types of the model. */
  private SentenceReader inTypes(SentenceReader golds, Map<String, Measure> measures) {
    if (types == null) {
      return golds;
    }
    Set<String> heads = new LinkedHashSet<>(measures.keySet());
    heads.removeIf(name -> measures.get(name) != Measure.F1);
    return types.of(golds, heads);
  }

  private static String headOfMentions(Map<String, Measure> measures) throws InputException {
    List<String> heads =
        measures.keySet().stream().filter(h -> measures.get(h) == Measure.F1).toList();
    if (heads.size() != 1) {
      throw new InputException(
          "--in characters has the mentions of one head, the model has "
              + heads
              + (heads.isEmpty() ? "" : "; name one with --head"));
    }
    return heads.get(0);
  }

  /** Scores the sentences of another CoNLL-U file with the same text. */
  public Result ofFile(Path predicted) throws IOException {
    Map<String, String> columns = new LinkedHashMap<>();
    (head == null ? List.of("upos", "xpos", "feats", "lemma") : List.of(head))
        .forEach(h -> columns.put(h, h));
    CorpusFormat format = Formats.of("conllu", InputConfig.defaults().heads(columns), columns);
    Map<String, Measure> measures =
        ScoredHeads.of(format, gold, first -> measures(columns.keySet(), first), notes::add);
    return score(format, measures, format.open(predicted));
  }

  private Result score(
      SentenceSource format, Map<String, Measure> measures, SentenceReader predicted)
      throws IOException {
    GoldCheck check = new GoldCheck(measures, format.heads());
    try (predicted;
        SentenceReader golds =
            check.checked(
                inTypes(format.open(gold), measures), gold.toString(), GoldCheck.SCORE_ANOTHER)) {
      AlignedScorer scorer = AlignedScorer.of(measures, golds, predicted);
      if (scorer.sentences() == 0) {
        throw new CorpusException(gold.toString(), "no sentences, expected at least one");
      }
      return new Result(scorer, notes);
    }
  }

  /** Returns F1 of mentions for heads whose tags are chunk tags, else accuracy. */
  private static Map<String, Measure> measures(Set<String> heads, List<TaggedSentence> first) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (String head : heads) {
      List<List<String>> tags =
          first.stream()
              .filter(sentence -> sentence.tags().containsKey(head))
              .map(sentence -> sentence.tags(head).tags())
              .toList();
      measures.put(head, Measure.of(head, tags));
    }
    return measures;
  }
}
