package io.github.rnnotator.opennlp;

import io.github.rnnotator.segment.Cuts;
import io.github.rnnotator.segment.Tokenizer;
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
 * Tokenizes English with an OpenNLP model, corrected where it departs from UD English-EWT, on which
 * it was trained:
 *
 * <ul>
 *   <li>contractions are split, which the model never does: {@code do|n't}, {@code it|'s}, {@code
 *       can|not}, {@code gon|na}, {@code do|nt}
 *   <li>web and mail addresses are one token
 *   <li>curly quotation marks are separate tokens, like straight ones
 *   <li>a hyphen split from the word before it is also split from the word after it: {@code
 *       Coca|-|Cola}
 * </ul>
 *
 * <p>Thread-safe: the model is shared and only read; a tokenizer, which is not thread-safe, is
 * created for each word not yet cached (under a microsecond).
 */
final class OpenNlpTokenizer implements Tokenizer {
  /** Endings split from the word before them. */
  private static final Pattern SECOND_PART =
      Pattern.compile(
          "(?<=[\\p{L}\\p{N}])(?:n['’]t|['’](?:s|re|ve|ll|d|m))(?![\\p{L}\\p{N}'’])"
              + "|not(?!\\p{L})(?<=(?<!\\p{L})cannot)"
              + "|na(?!\\p{L})(?<=(?<!\\p{L})(?:gon|wan)na)"
              + "|ta(?!\\p{L})(?<=(?<!\\p{L})(?:got|out)ta)"
              + "|nt(?!\\p{L})(?<=(?<!\\p{L})"
              + "(?:do|does|did|is|was|are|were|have|has|had|ca|could|would|should)nt)",
          Pattern.CASE_INSENSITIVE);

  /** Between letters a closing single quotation mark is an apostrophe. */
  private static final Pattern CURLY_QUOTE = Pattern.compile("[‘“”]|’(?!\\p{L})|(?<!\\p{L})’");

  private static final Pattern INNER_HYPHEN = Pattern.compile("-(?=\\p{L})");

  /** Words with their punctuation: about 2 MB. */
  private static final int KNOWN_WORDS = 20_000;

  private final TokenizerModel model;
  private final AdmissionCache<int[]> words = new AdmissionCache<>(KNOWN_WORDS);

  /** Reads the model of UD English-EWT. */
  static OpenNlpTokenizer english() {
    return new OpenNlpTokenizer(
        OpenNlpModels.read("opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin", TokenizerModel::new));
  }

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
    return corrected(cuts);
  }

  /** Returns the tokens of the model's cuts, corrected to those of UD. */
  static List<Token> corrected(Cuts cuts) {
    cuts.keepWhole(SECOND_PART);
    cuts.keepWhole(CURLY_QUOTE);
    cuts.keepWholeIfCutBefore(INNER_HYPHEN);
    cuts.keepAddressesWhole();
    return cuts.tokens();
  }

  /** Returns where the model cuts a word; it sees only the text between two blanks. */
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
