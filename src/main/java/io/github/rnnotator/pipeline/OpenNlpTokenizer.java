package io.github.rnnotator.pipeline;

import io.github.rnnotator.text.Token;
import java.util.List;
import java.util.regex.Pattern;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;

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
 * for each call (under a microsecond).
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

  private final TokenizerModel model;

  OpenNlpTokenizer(TokenizerModel model) {
    this.model = model;
  }

  @Override
  public List<Token> tokenize(String text, int begin, int end) {
    Cuts cuts = new Cuts(text, begin, end);
    String input = OpenNlpInput.of(text, begin, end, ' ');
    for (Span span : new TokenizerME(model).tokenizePos(input)) {
      cuts.cut(begin + span.getStart());
      cuts.cut(begin + span.getEnd());
    }
    cuts.keepWhole(SECOND_PART);
    cuts.keepWhole(CURLY_QUOTE);
    cuts.keepWholeIfCutBefore(INNER_HYPHEN);
    cuts.keepAddressesWhole();
    return cuts.tokens();
  }
}
