package io.github.rnnotator.formats;

import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes one sentence per line in a readable form: tokens with their tags after slashes, mentions
 * in brackets that end with the type.
 *
 * <pre>
 *   one head of tags             Peter/PROPN lives/VERB in/ADP New/PROPN York/PROPN ./PUNCT
 *   one head of mentions         [Peter PER] lives in [New York LOC] .
 *   two heads of tags            Peter/PROPN/NNP lives/VERB/VBZ in/ADP/IN ...
 *   tags and mentions            [Peter/PROPN PER] lives/VERB in/ADP [New/PROPN York/PROPN LOC] ...
 * </pre>
 *
 * <p>Brackets show the first head with a scheme; the tags of other heads follow after slashes, in
 * the order of the heads. A blank, {@code /}, {@code [}, {@code ]} or {@code \} in a token, tag or
 * type is escaped with a backslash, and a line feed is {@code \n}, a carriage return {@code \r}, so
 * that the output is unambiguous: {@code 1\/2/NUM}. A mention of the empty type ends with a blank:
 * {@code [New York ]}.
 */
public final class TextWriter implements SentenceWriter {
  private final Utf8Output out;
  private final Map<String, TagScheme> schemes;
  private final Set<String> omitted;

  /**
   * Writes all heads to a stream; closing the writer leaves the stream open.
   *
   * @param schemes the scheme of each head with mentions
   */
  public TextWriter(OutputStream out, Map<String, TagScheme> schemes) {
    this(out, schemes, Set.of());
  }

  /**
   * As above, without some heads.
   *
   * @param omitted heads whose tags are too long for running text, such as features
   */
  public TextWriter(OutputStream out, Map<String, TagScheme> schemes, Set<String> omitted) {
    this.out = new Utf8Output(out);
    this.schemes = Map.copyOf(schemes);
    this.omitted = Set.copyOf(omitted);
  }

  @Override
  public void write(TaggedSentence sentence) throws IOException {
    List<Mention> mentions = List.of();
    List<TagSequence> slashed = new ArrayList<>();
    boolean bracketed = false;
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      TagScheme scheme = schemes.get(head.getKey());
      if (scheme != null && !bracketed) {
        mentions = Mentions.of(sentence, head.getKey(), scheme);
        bracketed = true;
      } else if (!omitted.contains(head.getKey()) && !Mention.isSuffixHead(head.getKey())) {
        slashed.add(head.getValue());
      }
    }
    StringBuilder text = new StringBuilder();
    int next = 0;
    for (int i = 0; i < sentence.size(); i++) {
      Mention mention = next < mentions.size() ? mentions.get(next) : null;
      text.append(i == 0 ? "" : " ");
      if (mention != null && mention.span().begin() == i) {
        text.append('[');
      }
      String form = sentence.sentence().form(i);
      Mention ended = mention != null && mention.span().end() == i + 1 ? mention : null;
      String tail = ended == null ? "" : ended.tail(sentence.sentence());
      text.append(escaped(form.substring(0, form.length() - tail.length())));
      if (ended != null && !tail.isEmpty()) {
        // The name ends inside the token.
        text.append(' ').append(escaped(ended.type())).append(']').append(escaped(tail));
      }
      for (TagSequence tags : slashed) {
        text.append('/').append(escaped(tags.tag(i)));
      }
      if (ended != null) {
        text.append(tail.isEmpty() ? " " + escaped(ended.type()) + "]" : "");
        next++;
      }
    }
    out.write(sentence, text.append('\n'));
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }

  private static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case ' ', '/', '[', ']', '\\' -> text.append('\\').append(c);
        default -> text.append(c);
      }
    }
    return text.toString();
  }
}
