package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * <a
 * href="https://inception-project.github.io/releases/36.0/docs/user-guide.html#sect_webannotsv">WebAnno
 * TSV 3.3</a>: a block for each sentence, a row for each token with its offsets in UTF-16 units, a
 * column for each head.
 *
 * <pre>
 *   #Text=Peter lives in New York.
 *   1-1  0-5    Peter  PER
 *   1-2  6-11   lives  _
 *   1-3  12-14  in     _
 *   1-4  15-18  New    LOC[2]
 *   1-5  19-23  York   LOC[2]
 *   1-6  23-24  .      _
 * </pre>
 *
 * <p>{@code upos} and {@code xpos} are features of the built-in layer of parts of speech, {@code
 * ner} of named entities, {@code chunk} of chunks; any other head is a layer {@code
 * webanno.custom.NAME}, which a project must have before it can import the file.
 *
 * @param heads the heads in order
 * @param schemes the scheme of each head whose tags are mentions
 */
record WebAnnoFormat(List<String> heads, Map<String, TagScheme> schemes) implements OutputFormat {
  private static final String DKPRO = "de.tudarmstadt.ukp.dkpro.core.api.";
  private static final Map<String, String> BUILT_IN =
      Map.of(
          "upos", DKPRO + "lexmorph.type.pos.POS|coarseValue",
          "xpos", DKPRO + "lexmorph.type.pos.POS|PosValue",
          "ner", DKPRO + "ner.type.NamedEntity|value",
          "chunk", DKPRO + "syntax.type.chunk.Chunk|chunkValue");

  /** Orders the columns so that features of one layer are adjacent. */
  WebAnnoFormat(List<String> heads, Map<String, TagScheme> schemes) {
    List<String> ordered = new ArrayList<>(heads);
    if (ordered.contains("upos") && ordered.remove("xpos")) {
      ordered.add(ordered.indexOf("upos") + 1, "xpos");
    }
    this.heads = List.copyOf(ordered);
    this.schemes = Map.copyOf(schemes);
  }

  @Override
  public List<String> extensions() {
    return List.of("tsv");
  }

  @Override
  public Counts count(Document passage) {
    return Counts.ofText(passage, Mentions.count(passage, schemes));
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    return new WebAnnoWriter(streams.get(0), before);
  }

  /** Escapes characters that are not allowed in a line. */
  static String escapedText(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\t' -> escaped.append("\\t");
        case '\n' -> escaped.append("\\n");
        case '\f' -> escaped.append("\\f");
        case '\r' -> escaped.append("\\r");
        case '\b' -> escaped.append("\\b");
        case '\\' -> escaped.append("\\\\");
        default -> escaped.append(c < ' ' && c != '\u000b' ? "\\" : "").append(c);
      }
    }
    return escaped.toString();
  }

  /** Escapes characters with a meaning in this format. */
  static String escapedValue(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\t' || c == '\n') {
        escaped.append(c == '\t' ? "\\t" : "\\n");
      } else {
        boolean reserved = "\\[]|_;*".indexOf(c) >= 0 || value.startsWith("->", i);
        escaped.append(reserved ? "\\" : "").append(c);
      }
    }
    return escaped.toString();
  }

  private final class WebAnnoWriter implements Writer {
    private final OutputStream out;
    private Counts before;

    WebAnnoWriter(OutputStream out, Counts before) {
      this.out = out;
      this.before = before;
    }

    @Override
    public void begin() throws IOException {
      StringBuilder text = new StringBuilder("#FORMAT=WebAnno TSV 3.3\n");
      String layer = "";
      Set<String> custom = new HashSet<>();
      for (String head : heads) {
        String feature = BUILT_IN.getOrDefault(head, "");
        if (feature.isEmpty()) {
          feature = customLayer(head, custom) + "|value";
        }
        String name = feature.substring(0, feature.indexOf('|'));
        if (name.equals(layer)) {
          text.insert(text.length() - 1, feature.substring(feature.indexOf('|')));
        } else {
          text.append("#T_SP=").append(feature).append('\n');
        }
        layer = name;
      }
      out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a unique layer for a head; a number is added if the name is taken. */
    private static String customLayer(String head, Set<String> taken) {
      String name = "webanno.custom." + head.replaceAll("\\W", "_");
      String unique = name;
      for (int i = 2; !taken.add(unique); i++) {
        unique = name + "_" + i;
      }
      return unique;
    }

    @Override
    public List<CorpusException> write(Document passage) throws IOException {
      Document located = passage.withText();
      StringBuilder text = new StringBuilder();
      List<CorpusException> refused = new ArrayList<>();
      long sentences = before.sentences();
      long mentions = before.mentions();
      for (TaggedSentence sentence : located.sentences()) {
        int size = text.length();
        sentences++;
        try {
          write(sentence, located.text(), sentences, mentions, text);
        } catch (CorpusException e) {
          text.setLength(size);
          refused.add(e);
        }
        mentions += Mentions.count(sentence, schemes);
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      before = before.plus(count(passage));
      return refused;
    }

    private void write(
        TaggedSentence sentence, String text, long number, long mentions, StringBuilder to)
        throws CorpusException {
      Utf8Output.checkWords(sentence);
      List<Token> tokens = sentence.sentence().tokens();
      String whole = text.substring(tokens.get(0).begin(), tokens.get(tokens.size() - 1).end());
      to.append("\n#Text=").append(escapedText(Utf8Output.encodable(whole))).append('\n');
      List<String[]> columns = columns(sentence, mentions);
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        to.append(number).append('-').append(i + 1).append('\t');
        to.append(before.units() + token.begin()).append('-');
        to.append(before.units() + token.end()).append('\t');
        to.append(escapedText(token.form())).append('\t');
        for (String[] column : columns) {
          to.append(column[i]).append('\t');
        }
        to.append('\n');
      }
    }

    private List<String[]> columns(TaggedSentence sentence, long mentions) throws CorpusException {
      List<String[]> columns = new ArrayList<>();
      long id = mentions;
      for (String head : heads) {
        TagSequence tags = sentence.tags(head);
        if (tags.tags().stream().anyMatch(tag -> tag.chars().anyMatch(c -> c < ' '))) {
          throw Utf8Output.refusal(
              sentence, "can't be written as WebAnno TSV: a tag holds a control character");
        }
        String[] column = new String[tags.size()];
        TagScheme scheme = schemes.get(head);
        if (scheme == null) {
          Arrays.setAll(column, i -> value(tags.tag(i)));
        } else {
          Arrays.fill(column, "_");
          for (Mention mention : Mentions.of(sentence, head, scheme)) {
            id++;
            String value =
                value(mention.type()) + (mention.span().size() > 1 ? "[" + id + "]" : "");
            Arrays.fill(column, mention.span().begin(), mention.span().end(), value);
          }
        }
        columns.add(column);
      }
      return columns;
    }

    private static String value(String tag) {
      return tag.isEmpty() ? "*" : escapedValue(tag);
    }

    @Override
    public void end() {}

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
