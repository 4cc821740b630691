package io.github.rnnotator.data;

import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The data of a training run.
 *
 * @param train what the weights are learned from
 * @param dev what selects the epoch to keep
 */
public record Split(GoldCorpus train, GoldCorpus dev) {
  /** The number of labels in a line. */
  private static final int SHOWN = 5;

  /**
   * Holds out the last tenth of a corpus as dev data, or every tenth text of labelled texts.
   *
   * @param corpus with at least two sentences or texts
   */
  public static Split holdOut(GoldCorpus corpus) {
    IntPredicate heldOut = corpus.heldOut();
    return new Split(corpus.where(heldOut.negate()), corpus.where(heldOut));
  }

  /**
   * Returns a line for each head with labels that only the dev data has, which can't be learned.
   * Lemmas are left out: their labels are derived from them.
   *
   * @param known the labels of the model to begin with, by head; empty for none
   */
  public List<String> unseenLabels(TaggerConfig config, Map<String, Labels> known) {
    List<String> lines = new ArrayList<>();
    config
        .heads()
        .forEach(
            (name, head) -> {
              if (head.kind() != HeadConfig.Kind.LEMMA) {
                Set<String> unseen = labels(dev, name, head);
                unseen.removeAll(labels(train, name, head));
                Labels own = known.get(name);
                List<String> kept = own == null ? List.of() : own.names();
                kept.forEach(label -> unseen.remove(type(label, head)));
                if (!unseen.isEmpty()) {
                  lines.add(line(name, unseen));
                }
              }
            });
    return lines;
  }

  private static String line(String head, Set<String> unseen) {
    String first = unseen.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return "head %s: %,d %s only in the dev data, which can't be learned: %s%s"
        .formatted(
            head,
            unseen.size(),
            unseen.size() == 1 ? "label is" : "labels are",
            first,
            unseen.size() > SHOWN ? ", ..." : "");
  }

  private static Set<String> labels(GoldCorpus corpus, String name, HeadConfig head) {
    Set<String> labels = new TreeSet<>();
    for (TaggedSentence sentence : corpus.sentences()) {
      Label ofText = sentence.labels().get(name);
      if (ofText != null) {
        labels.add(ofText.name());
      }
      TagSequence tags = sentence.tags().get(name);
      if (tags != null) {
        tags.tags().stream()
            .filter(tag -> !TagSequence.isMissing(tag))
            .forEach(tag -> labels.add(type(tag, head)));
      }
    }
    labels.remove(TagScheme.OUTSIDE);
    return labels;
  }

  /** Returns a label without the prefix of its chunk, since schemes may differ. */
  private static String type(String label, HeadConfig head) {
    return head.scheme() == null ? label : label.replaceFirst("^[BIESLUM]-", "");
  }
}
