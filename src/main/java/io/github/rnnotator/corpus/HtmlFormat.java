package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * HTML that is well-formed XML too. Its text is the text that was tagged, every blank included;
 * sentences and tokens are {@code span}, mentions of the first head that has a scheme are {@code
 * mark}, all other tags are attributes of the tokens:
 *
 * <pre>{@code
 * <span class="s"><mark data-type="PER"><span data-upos="PROPN" title="PROPN">Peter</span></mark> ...</span>
 * }</pre>
 *
 * <p>Control characters but tabs and line ends, which HTML can't hold, are replacement characters.
 *
 * @param schemes the scheme of each head whose tags are mentions
 */
record HtmlFormat(Map<String, TagScheme> schemes) implements OutputFormat {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8"/><title>Tagged text</title><style>
      body{max-width:50em;margin:2em auto;padding:0 1em;font:1rem/1.7 sans-serif;white-space:pre-wrap}
      mark{padding:.1em .3em;border-radius:.3em;background:#fde68a;color:#111}
      mark::after{content:" " attr(data-type);font-size:.7em;font-weight:bold}
      </style></head><body>""";
  private static final String END = "</body></html>\n";

  @Override
  public List<String> extensions() {
    return List.of("html");
  }

  @Override
  public Counts count(Passage passage) {
    return Located.count(passage, OutputFormat.mentions(passage, schemes));
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    return new HtmlWriter(streams.get(0));
  }

  private final class HtmlWriter implements Writer {
    private final OutputStream out;

    HtmlWriter(OutputStream out) {
      this.out = out;
    }

    @Override
    public void begin() throws IOException {
      write(HEAD);
    }

    @Override
    public List<CorpusException> write(Passage passage) throws IOException {
      Passage located = Located.of(passage);
      String text = Located.text(located);
      StringBuilder html = new StringBuilder();
      if (passage.begins() && !passage.document().isEmpty()) {
        html.append("<hr data-document=\"");
        append(passage.document(), true, html);
        html.append("\"/>");
      }
      List<CorpusException> refused = new ArrayList<>();
      int at = 0;
      for (CorpusSentence sentence : located.sentences()) {
        List<Token> tokens = sentence.sentence().tokens();
        append(text.substring(at, tokens.get(0).begin()), false, html);
        at = tokens.get(0).begin();
        int size = html.length();
        try {
          Located.checkWords(sentence);
          append(sentence, text, html);
          at = tokens.get(tokens.size() - 1).end();
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
      write(END);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    private void write(String html) throws IOException {
      out.write(html.getBytes(StandardCharsets.UTF_8));
    }

    private void append(CorpusSentence sentence, String text, StringBuilder html)
        throws CorpusException {
      List<Mention> mentions = List.of();
      List<Map.Entry<String, TagSequence>> others = new ArrayList<>();
      boolean marked = false;
      for (Map.Entry<String, TagSequence> head : sentence.tagged().tags().entrySet()) {
        TagScheme scheme = schemes.get(head.getKey());
        if (scheme != null && !marked) {
          mentions = Mentions.of(sentence, head.getKey(), scheme);
          marked = true;
        } else {
          others.add(head);
        }
      }
      List<Token> tokens = sentence.sentence().tokens();
      html.append("<span class=\"s\">");
      int next = 0;
      for (int i = 0; i < tokens.size(); i++) {
        if (i > 0) {
          append(text.substring(tokens.get(i - 1).end(), tokens.get(i).begin()), false, html);
        }
        Mention mention = next < mentions.size() ? mentions.get(next) : null;
        if (mention != null && mention.span().begin() == i) {
          html.append("<mark data-type=\"");
          append(mention.type(), true, html);
          html.append("\">");
        }
        token(tokens.get(i), i, others, html);
        if (mention != null && mention.span().end() == i + 1) {
          html.append("</mark>");
          next++;
        }
      }
      html.append("</span>");
    }

    private void token(
        Token token, int i, List<Map.Entry<String, TagSequence>> tags, StringBuilder html) {
      html.append("<span");
      StringBuilder title = new StringBuilder();
      for (Map.Entry<String, TagSequence> head : tags) {
        String tag = head.getValue().tag(i);
        html.append(" data-").append(attribute(head.getKey())).append("=\"");
        append(tag, true, html);
        html.append('"');
        title.append(title.isEmpty() ? "" : " ").append(tag);
      }
      if (!tags.isEmpty()) {
        html.append(" title=\"");
        append(title.toString(), true, html);
        html.append('"');
      }
      html.append('>');
      append(token.form(), false, html);
      html.append("</span>");
    }

    private static String attribute(String head) {
      return head.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    }

    private static void append(String text, boolean attribute, StringBuilder html) {
      String whole = Located.encodable(text);
      for (int i = 0; i < whole.length(); i++) {
        char c = whole.charAt(i);
        switch (c) {
          case '&' -> html.append("&amp;");
          case '<' -> html.append("&lt;");
          case '>' -> html.append("&gt;");
          case '"' -> html.append(attribute ? "&quot;" : "\"");
          case '\r' -> html.append("&#13;");
          case '\n', '\t' -> html.append(attribute ? "&#" + (int) c + ";" : String.valueOf(c));
          default -> html.append(c < ' ' || c == '\ufffe' || c == '\uffff' ? '\ufffd' : c);
        }
      }
    }
  }
}
