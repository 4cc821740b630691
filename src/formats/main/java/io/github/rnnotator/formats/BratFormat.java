package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * brat's <a href="https://brat.nlplab.org/standoff.html">standoff format</a>: the text in a file
 * {@code .txt}, and in a file {@code .ann} a line for each mention, and for each token where a head
 * has no scheme:
 *
 * <pre>
 *   T1  PER 0 5     Peter
 *   T2  LOC 15 23   New York
 * </pre>
 *
 * <p>Offsets count code points of the text file. A mention across a line break has offsets for each
 * line. With several heads, their names precede the types: {@code ner-PER}. A character that brat
 * does not allow in a type is written as {@code _u} and four hexadecimal digits.
 *
 * <p>A word that is not a part of its multiword token has the offsets of that token, and its form
 * in a note:
 *
 * <pre>
 *   T3  ADP 24 26   da
 *   #3  AnnotatorNotes T3  de
 * </pre>
 *
 * @param heads the heads in order
 * @param schemes the scheme of each head whose tags are mentions
 */
record BratFormat(List<String> heads, Map<String, TagScheme> schemes) implements OutputFormat {
  /** Leaves out the suffixes of mentions, which end before them. */
  BratFormat {
    heads = heads.stream().filter(head -> !Mention.isSuffixHead(head)).toList();
  }

  @Override
  public List<String> extensions() {
    return List.of("ann", "txt");
  }

  @Override
  public Counts count(Document passage) {
    return Counts.ofText(passage, Mentions.count(passage, schemes));
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    return new BratWriter(streams.get(0), streams.get(1), before);
  }

  /** The brat type of a head's tag. */
  private String type(String head, String tag) {
    String name = heads.size() > 1 ? escaped(head).replace("-", "_u002D") + "-" : "";
    return name + (tag.isEmpty() ? "_u" : escaped(tag));
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-');
      boolean mark = c == '_' && !name.startsWith("u", i + 1);
      text.append(plain || mark ? String.valueOf(c) : String.format("_u%04X", (int) c));
    }
    return text.toString();
  }

  private final class BratWriter implements Writer {
    private final OutputStream annotations;
    private final OutputStream texts;
    private Counts before;

    BratWriter(OutputStream annotations, OutputStream texts, Counts before) {
      this.annotations = annotations;
      this.texts = texts;
      this.before = before;
    }

    @Override
    public void begin() {}

    @Override
    public List<CorpusException> write(Document passage) throws IOException {
      Document located = passage.withText();
      texts.write(Utf8Output.encodable(located.textInFile()).getBytes(StandardCharsets.UTF_8));
      CodePoints places = new CodePoints(located.text());
      StringBuilder lines = new StringBuilder();
      List<CorpusException> refused = new ArrayList<>();
      long number = before.mentions() + before.tokens() * (heads.size() - schemes.size());
      for (TaggedSentence sentence : located.sentences()) {
        int size = lines.length();
        try {
          Utf8Output.checkWords(sentence);
          number = write(sentence, located.text(), places, number, lines);
        } catch (CorpusException e) {
          lines.setLength(size);
          refused.add(e);
          number += annotations(sentence);
        }
      }
      annotations.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      before = before.plus(count(passage));
      return refused;
    }

    private long annotations(TaggedSentence sentence) {
      long plain = heads.size() - schemes.size();
      return plain * sentence.size() + Mentions.count(sentence, schemes);
    }

    private long write(
        TaggedSentence sentence, String text, CodePoints places, long number, StringBuilder lines)
        throws CorpusException {
      List<Token> tokens = sentence.sentence().tokens();
      Set<Integer> hidden = hiddenWords(sentence.sentence());
      long next = number;
      for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
        TagScheme scheme = schemes.get(head.getKey());
        List<Mention> spans = new ArrayList<>();
        if (!heads.contains(head.getKey())) {
          continue;
        }
        if (scheme != null) {
          spans.addAll(Mentions.of(sentence, head.getKey(), scheme));
        } else {
          for (int i = 0; i < sentence.size(); i++) {
            spans.add(new Mention(new Span(i, i + 1), head.getValue().tag(i)));
          }
        }
        for (Mention span : spans) {
          int begin = span.begin(sentence.sentence());
          int end = span.end(sentence.sentence());
          next++;
          lines.append('T').append(next).append('\t').append(type(head.getKey(), span.type()));
          append(text, begin, end, places, lines);
          if (scheme == null && hidden.contains(span.span().begin())) {
            lines.append('#').append(next).append("\tAnnotatorNotes T").append(next).append('\t');
            String word = tokens.get(span.span().begin()).form();
            lines.append(word.replaceAll("[\t\n\r]", " ")).append('\n');
          }
        }
      }
      return next;
    }

    /** The words that can't be seen in the text, such as those of {@code da}. */
    private static Set<Integer> hiddenWords(Sentence sentence) {
      Set<Integer> hidden = new HashSet<>();
      for (SurfaceToken part : sentence.surfaceParts()) {
        for (int i = part.words().begin(); i < part.words().end() && part.isMultiword(); i++) {
          hidden.add(i);
        }
      }
      return hidden;
    }

    /** Appends the offsets of a range, one pair per line, and its text. */
    private void append(String text, int begin, int end, CodePoints places, StringBuilder lines) {
      StringBuilder shown = new StringBuilder();
      char separator = ' ';
      for (int i = begin; i < end; ) {
        int from = i;
        while (i < end && !isLineEnd(text.charAt(i))) {
          i++;
        }
        if (i > from) {
          lines.append(separator).append(before.codePoints() + places.at(from));
          lines.append(' ').append(before.codePoints() + places.at(i));
          shown.append(shown.isEmpty() ? "" : " ").append(text, from, i);
          separator = ';';
        }
        while (i < end && isLineEnd(text.charAt(i))) {
          i++;
        }
      }
      lines.append('\t').append(shown.toString().replace('\t', ' ')).append('\n');
    }

    private static boolean isLineEnd(char c) {
      return c == '\n' || c == '\r';
    }

    @Override
    public void end() {}

    @Override
    public void flush() throws IOException {
      annotations.flush();
      texts.flush();
    }
  }
}
