package io.github.rnnotator.pipeline;

import io.github.rnnotator.tagger.AdmissionCache;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * English tokens by an OpenNLP model, mended where the model departs from UD English-EWT, whose
 * tokens it was trained on:
 *
 * <ul>
 *   <li>contractions are cut, which the model never does: {@code do|n't}, {@code it|'s}, {@code
 *       can|not}, {@code gon|na}, {@code do|nt}
 *   <li>web and mail addresses are one token
 *   <li>curly quotation marks stand alone, as straight ones do
 *   <li>a hyphen that is cut off from what is before it is cut off from what follows, too: {@code
 *       Coca|-|Cola}
 * </ul>
 *
 * <p>Thread-safe: the model is shared and only read; a tokenizer, which is not thread-safe, is made
 * for each word that is not known yet (under a microsecond).
 */
final class OpenNlpTokenizer implements Tokenizer {
  /** What is cut off the word before it. */
  private static final Pattern SECOND_PART =
      Pattern.compile(
          "(?<=[\\p{L}\\p{N}])(?:n['’]t|['’](?:s|re|ve|ll|d|m))(?![\\p{L}\\p{N}'’])"
              + "|not(?!\\p{L})(?<=(?<!\\p{L})cannot)"
              + "|na(?!\\p{L})(?<=(?<!\\p{L})(?:gon|wan)na)"
              + "|ta(?!\\p{L})(?<=(?<!\\p{L})(?:got|out)ta)"
              + "|nt(?!\\p{L})(?<=(?<!\\p{L})"
              + "(?:do|does|did|is|was|are|were|have|has|had|ca|could|would|should)nt)",
          Pattern.CASE_INSENSITIVE);

  /** A closing single mark is an apostrophe between letters. */
  private static final Pattern CURLY_QUOTE = Pattern.compile("[‘“”]|’(?!\\p{L})|(?<!\\p{L})’");

  private static final Pattern INNER_HYPHEN = Pattern.compile("-(?=\\p{L})");

  /** Words with their punctuation: some 2 MB. */
  private static final int KNOWN_WORDS = 20_000;

  private final TokenizerModel model;
  private final AdmissionCache<int[]> words = new AdmissionCache<>(KNOWN_WORDS);

  OpenNlpTokenizer(TokenizerModel model) {
    this.model = model;
  }

  @Override
  public List<Token> tokenize(String text, int begin, int end) {
    Cuts cuts = new Cuts(text, begin, end);
    int word = begin;
    for (int i = begin; i <= end; i++) {
      if (i == end || WhiteSpace.is(text.charAt(i))) {
        if (i > word && i - word <= OpenNlpInput.LONGEST_RUN) {
          for (int at : cuts(text.substring(word, i))) {
            cuts.cut(word + at);
          }
        }
        word = i + 1;
      }
    }
    return mended(cuts);
  }

  /** The tokens that these cuts of the model make, as UD would have them. */
  static List<Token> mended(Cuts cuts) {
    cuts.keepWhole(SECOND_PART);
    cuts.keepWhole(CURLY_QUOTE);
    cuts.keepWholeIfCutBefore(INNER_HYPHEN);
    cuts.keepAddressesWhole();
    return cuts.tokens();
  }

  /** Where the model cuts a word: it looks at nothing but what stands between two blanks. */
  private int[] cuts(String word) {
    int[] known = words.get(word);
    if (known != null) {
      return known;
    }
    int[] cuts =
        Arrays.stream(new TokenizerME(model).tokenizePos(word))
            .flatMapToInt(span -> IntStream.of(span.getStart(), span.getEnd()))
            .toArray();
    words.put(word, cuts);
    return cuts;
  }
}
