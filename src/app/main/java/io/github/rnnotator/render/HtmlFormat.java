package io.github.rnnotator.render;

import io.github.rnnotator.formats.Mentions;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * HTML that is also well-formed XML: one file, no script. The text of its {@code main} is the
 * tagged text, white space included; sentences and tokens are {@code span}, mentions of the first
 * head with a scheme are {@code mark}. A token has the tags of all other heads, and within a
 * mention that of the mention's head, too, as attributes with their probabilities:
 *
 * <pre>{@code
 * <span class="s"><mark class="m1" data-type="PER"><span class="t9" tabindex="0"
 *   data-upos="PROPN" data-upos-probability="0.98" data-ner="B-PER" ...>Peter</span></mark> ...</span>
 * }</pre>
 *
 * <p>Words that are not parts of their multiword token follow it; since they are not in the text,
 * the style sheet shows them:
 *
 * <pre>{@code
 * <span class="w">da</span><span class="t3" tabindex="0" data-upos="ADP" ...><i data-word="de"></i></span>...
 * }</pre>
 *
 * <p>Tags are shown on hover and focus, and the tags of the first such head by colour and,
 * optionally, below the words. The legend lists all types of the model; the style sheet hides those
 * that do not occur, since they are not yet known when the legend is written.
 *
 * <p>Control characters other than tabs and line ends, which HTML does not allow, become
 * replacement characters.
 *
 * @param kinds head name to its tags, or the types of its mentions
 * @param schemes the scheme of each head whose tags are mentions
 */
public record HtmlFormat(Map<String, List<String>> kinds, Map<String, TagScheme> schemes)
    implements OutputFormat {
  @Override
  public List<String> extensions() {
    return List.of("html");
  }

  @Override
  public Counts count(Document passage) {
    return Counts.ofText(passage, Mentions.count(passage, schemes));
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    return new HtmlWriter(streams.get(0), HtmlHeads.of(kinds, schemes));
  }

  private static final class HtmlWriter implements Writer {
    private final OutputStream out;
    private final HtmlHeads heads;

    HtmlWriter(OutputStream out, HtmlHeads heads) {
      this.out = out;
      this.heads = heads;
    }

    @Override
    public void begin() throws IOException {
      StringBuilder html = new StringBuilder();
      heads.begin(html);
      write(html.toString());
    }

    @Override
    public List<CorpusException> write(Document passage) throws IOException {
      Document located = passage.withText();
      String text = located.textInFile();
      StringBuilder html = new StringBuilder();
      if (passage.section().begins() && !passage.id().isEmpty()) {
        html.append("<hr data-document=\"");
        append(passage.id(), true, html);
        html.append("\"/>");
      }
      List<CorpusException> refused = new ArrayList<>();
      int at = 0;
      for (TaggedSentence sentence : located.sentences()) {
        append(text.substring(at, sentence.sentence().begin()), false, html);
        at = sentence.sentence().begin();
        int size = html.length();
        try {
          Utf8Output.checkWords(sentence);
          append(sentence, text, html);
          at = sentence.sentence().end();
        } catch (CorpusException e) {
          html.setLength(size);
          refused.add(e);
        }
      }
      append(text.substring(at), false, html);
      write(html.toString());
      return refused;
    }

    @Override
    public void end() throws IOException {
      write("</main></body></html>\n");
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    private void write(String html) throws IOException {
      out.write(html.getBytes(StandardCharsets.UTF_8));
    }

    private void append(TaggedSentence sentence, String text, StringBuilder html)
        throws CorpusException {
      String marked = heads.mentions();
      TagScheme scheme = heads.scheme();
      List<Mention> mentions =
          scheme != null && sentence.tags().containsKey(marked)
              ? Mentions.of(sentence, marked, scheme)
              : List.of();
      html.append("<span class=\"s\">");
      int at = sentence.sentence().begin();
      int next = 0;
      for (SurfaceToken part : sentence.sentence().surfaceParts()) {
        append(text.substring(at, part.begin()), false, html);
        at = part.end();
        for (int i = part.words().begin(); i < part.words().end(); i++) {
          Mention mention = next < mentions.size() ? mentions.get(next) : null;
          boolean inside = mention != null && mention.span().begin() <= i;
          if (mention != null && mention.span().begin() == i) {
            html.append("<mark");
            heads.mentionClass(mention.type(), html);
            html.append(" data-type=\"");
            append(mention.type(), true, html);
            html.append("\">");
          }
          if (part.isMultiword() && i == part.words().begin()) {
            html.append("<span class=\"w\">");
            append(part.form(), false, html);
            html.append("</span>");
          }
          Mention ended = mention != null && mention.span().end() == i + 1 ? mention : null;
          String tail = ended == null ? "" : ended.tail(sentence.sentence());
          token(sentence, i, inside, part.isMultiword(), tail, html);
          if (ended != null) {
            html.append("</mark>");
            next++;
          }
          append(tail, false, html);
        }
      }
      append(text.substring(at, sentence.sentence().end()), false, html);
      html.append("</span>");
    }

    /** Writes a token without its tail, which comes after a mention. */
    private void token(
        TaggedSentence sentence,
        int i,
        boolean inside,
        boolean hidden,
        String tail,
        StringBuilder html) {
      StringBuilder attributes = new StringBuilder();
      for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
        if (Mention.isSuffixHead(head.getKey())
            || (head.getKey().equals(heads.mentions()) && !inside)) {
          continue;
        }
        String name = heads.attribute(head.getKey());
        attributes.append(' ').append(name).append("=\"");
        append(head.getValue().tag(i), true, attributes);
        attributes.append('"');
        if (head.getValue().hasProbabilities()) {
          attributes
              .append(' ')
              .append(name)
              .append(HtmlHeads.PROBABILITY)
              .append("=\"")
              .append(hundredths(head.getValue().probabilities().get(i)))
              .append('"');
        }
      }
      html.append("<span");
      if (!attributes.isEmpty()) {
        TagSequence coloured = sentence.tags().get(heads.tags());
        if (coloured != null) {
          heads.tagClass(coloured.tag(i), html);
        }
        html.append(" tabindex=\"0\"").append(attributes);
      }
      html.append('>');
      if (hidden) {
        html.append("<i data-word=\"");
        append(sentence.sentence().form(i), true, html);
        html.append("\"></i>");
      } else {
        String form = sentence.sentence().form(i);
        append(form.substring(0, form.length() - tail.length()), false, html);
      }
      html.append("</span>");
    }

    /** Formats a probability; much faster than a formatter. */
    private static String hundredths(float probability) {
      int number = Math.round(probability * 100);
      return number / 100 + (number % 100 < 10 ? ".0" : ".") + number % 100;
    }

    private static void append(String text, boolean attribute, StringBuilder html) {
      HtmlHeads.escape(text, attribute, html);
    }
  }
}
