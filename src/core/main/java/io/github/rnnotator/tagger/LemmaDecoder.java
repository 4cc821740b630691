package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.PartAgreement;
import io.github.rnnotator.nn.head.SoftmaxHead;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Morpheme;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a head of lemmas. Words of the dictionary have the lemma there, whose probability is that
 * of the tag; the scripts of all other words are decided by the head, which most words of a text
 * thus never reach. Forms are looked up and edited as {@link LookupForm}, so that a word has one
 * lemma however its characters are composed.
 *
 * @param head the logits of the scripts
 * @param labels the scripts and the dictionary, if there is one
 * @param morphemes the tags of the same words that have as many parts as the lemmas, which decoding
 *     changes; null without them
 */
record LemmaDecoder(SoftmaxHead head, Labels labels, @Nullable PartAgreement morphemes) {
  /** A word that is not in the dictionary: a token of a sentence, its row, and its lemmas. */
  private record Open(int sentence, int token, int row, Candidates candidates) {}

  /**
   * The lemmas of a word by the scripts that were asked for, a few of the likely ones. Each is
   * asked for several times, and to apply a script costs more than to find it here.
   */
  static final class Candidates {
    private final Labels labels;
    private final String form;
    private final String tag;
    private int[] scripts = new int[8];
    private float[] priors = new float[8];
    private String[] lemmas = new String[8];
    private int[] counts = new int[8];
    private int size;

    /**
     * Begins without scripts.
     *
     * @param tag that of the dictionary's head, or empty
     */
    Candidates(Labels labels, String form, String tag) {
      this.labels = labels;
      this.tag = tag;
      this.form = LookupForm.of(form);
    }

    /**
     * Begins with a token of a sentence.
     *
     * @param tags those to which the dictionary refers; ignored if its entries are of forms alone
     */
    static Candidates of(Labels labels, Sentence sentence, int token, TagSequence tags) {
      LemmaDictionary dictionary = labels.dictionary();
      String tag = dictionary == null ? "" : dictionary.tag(tags, token);
      return new Candidates(labels, sentence.form(token), tag);
    }

    private int find(int script) {
      for (int i = 0; i < size; i++) {
        if (scripts[i] == script) {
          return i;
        }
      }
      if (size == scripts.length) {
        scripts = Arrays.copyOf(scripts, 2 * size);
        priors = Arrays.copyOf(priors, 2 * size);
        lemmas = Arrays.copyOf(lemmas, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      Optional<String> lemma = labels.applied(script, form);
      scripts[size] = script;
      priors[size] = lemma.isEmpty() ? 0 : prior(script, lemma.get());
      lemmas[size] = lemma.orElse(form);
      counts[size] = Morpheme.count(lemmas[size]);
      return size++;
    }

    /**
     * What is left of less than half of a word is known by chance, as "is" of a misspelt "islad".
     */
    private float prior(int script, String lemma) {
      return 2 * lemma.length() < form.length() ? 1 : labels.prior(script, lemma, tag);
    }

    float prior(int script) {
      // Not in one expression: finding it may replace the array.
      int i = find(script);
      return priors[i];
    }

    /** Returns what a script makes of the word; the word itself if it does not apply. */
    String lemma(int script) {
      int i = find(script);
      return lemmas[i];
    }

    /** Returns how many morphemes that lemma has. */
    int count(int script) {
      int i = find(script);
      return counts[i];
    }
  }

  /**
   * Returns the lemmas of a batch.
   *
   * @param tags the tags of each sentence to which the dictionary refers; ignored if its entries
   *     are of forms alone
   * @param states {@code [tokens x dim]}. Not modified.
   */
  List<TagSequence> decode(
      List<Sentence> batch, List<TagSequence> tags, SequenceBatch states, PassContext pass) {
    String[][] lemmas = new String[batch.size()][];
    Float[][] probabilities = new Float[batch.size()][];
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < lemmas.length; i++) {
      int size = batch.get(i).size();
      lemmas[i] = new String[size];
      probabilities[i] = new Float[size];
      for (int t = 0; t < size; t++) {
        Optional<String> entry = entry(batch.get(i), t, tags.get(i));
        if (entry.isPresent()) {
          lemmas[i][t] = entry.get();
          probabilities[i][t] = probability(tags.get(i), t);
          if (morphemes != null) {
            int row = states.packing().row(i, t);
            float[] certain = PartAgreement.certain(Morpheme.count(entry.get()));
            morphemes.agree(row, morphemes.distribution(row), certain);
          }
        } else {
          Candidates candidates = Candidates.of(labels, batch.get(i), t, tags.get(i));
          open.add(new Open(i, t, states.packing().row(i, t), candidates));
        }
      }
    }
    if (!open.isEmpty()) {
      Head.Decoded scripts = scripts(open, states, pass);
      for (int i = 0; i < open.size(); i++) {
        Open word = open.get(i);
        lemmas[word.sentence()][word.token()] = word.candidates().lemma(scripts.labels()[i]);
        probabilities[word.sentence()][word.token()] = scripts.probabilities()[i];
      }
    }
    List<TagSequence> all = new ArrayList<>();
    for (int i = 0; i < lemmas.length; i++) {
      all.add(new TagSequence(Arrays.asList(lemmas[i]), Arrays.asList(probabilities[i])));
    }
    return all;
  }

  private Optional<String> entry(Sentence sentence, int token, TagSequence tags) {
    LemmaDictionary dictionary = labels.dictionary();
    if (dictionary == null) {
      return Optional.empty();
    }
    return dictionary.find(LookupForm.of(sentence.form(token)), dictionary.tag(tags, token));
  }

  /** Returns the probability of a tag; 1 if entries are of forms alone. */
  private static float probability(TagSequence tags, int token) {
    return tags.hasProbabilities() ? tags.probabilities().get(token) : 1;
  }

  /** Decodes the rows of these words. */
  private Head.Decoded scripts(List<Open> open, SequenceBatch states, PassContext pass) {
    int dim = states.dim();
    FMatrixRMaj rows = pass.matrix(open.size(), dim);
    int[] lengths = new int[open.size()];
    Arrays.fill(lengths, 1);
    for (int i = 0; i < lengths.length; i++) {
      int row = open.get(i).row();
      System.arraycopy(states.values().data, row * dim, rows.data, i * dim, dim);
    }
    FMatrixRMaj p =
        head.probabilities(
            new SequenceBatch(Packing.of(lengths), rows),
            (row, label) -> open.get(row).candidates().prior(label),
            pass);
    if (morphemes != null) {
      for (int i = 0; i < lengths.length; i++) {
        agree(p, i, open.get(i), morphemes);
      }
    }
    return SoftmaxHead.best(p, pass.ops());
  }

  /** Lets the scripts of a word and its tags agree on the number of morphemes. */
  private static void agree(FMatrixRMaj p, int i, Open word, PartAgreement tags) {
    float[] ofTags = tags.distribution(word.row());
    float[] ofLemmas = new float[ofTags.length];
    int from = i * p.numCols;
    float sum = 0;
    for (int j = 0; j < p.numCols; j++) {
      if (p.data[from + j] > 0) {
        int count = word.candidates().count(j);
        PartAgreement.add(ofLemmas, count, p.data[from + j]);
        p.data[from + j] *= PartAgreement.factor(ofTags, count);
        sum += p.data[from + j];
      }
    }
    for (int j = 0; j < p.numCols; j++) {
      if (p.data[from + j] > 0) {
        p.data[from + j] /= sum;
      }
    }
    tags.agree(word.row(), ofTags, ofLemmas);
  }
}
