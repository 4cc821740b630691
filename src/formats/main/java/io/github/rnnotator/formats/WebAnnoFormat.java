package io.github.rnnotator.formats;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
 * <p>The words of a multiword token have a row each if they are its parts, such as {@code do} and
 * {@code n't}. Otherwise the token has one row, and the values of its words are stacked:
 *
 * <pre>
 *   1-7  24-26  da     ADP[3]|DET[4]
 * </pre>
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
    return Counts.ofText(passage, passage.sentences().stream().mapToLong(this::annotations).sum());
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    return new WebAnnoWriter(streams.get(0), before);
  }

  /**
   * The number of annotations that may need a number, since they have several rows or a row has
   * several of them: mentions, and tags of words that share a row.
   */
  private long annotations(TaggedSentence sentence) {
    return Mentions.count(sentence, schemes) + shared(sentence) * (heads.size() - schemes.size());
  }

  /** The number of words that share a row. */
  private static long shared(TaggedSentence sentence) {
    return sentence.sentence().surfaceParts().stream()
        .filter(SurfaceToken::isMultiword)
        .mapToLong(part -> part.words().size())
        .sum();
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
        String name = layer(feature);
        if (name.equals(layer)) {
          text.insert(text.length() - 1, feature.substring(feature.indexOf('|')));
        } else {
          text.append("#T_SP=").append(feature).append('\n');
        }
        layer = name;
      }
      out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String layer(String feature) {
      return feature.substring(0, feature.indexOf('|'));
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
      long annotations = before.mentions();
      for (TaggedSentence sentence : located.sentences()) {
        int size = text.length();
        sentences++;
        try {
          write(sentence, located.text(), sentences, annotations, text);
        } catch (CorpusException e) {
          text.setLength(size);
          refused.add(e);
        }
        annotations += annotations(sentence);
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      before = before.plus(count(passage));
      return refused;
    }

    private void write(
        TaggedSentence sentence, String text, long number, long annotations, StringBuilder to)
        throws CorpusException {
      Utf8Output.checkWords(sentence);
      String whole = text.substring(sentence.sentence().begin(), sentence.sentence().end());
      to.append("\n#Text=").append(escapedText(Utf8Output.encodable(whole))).append('\n');
      List<SurfaceToken> rows = sentence.sentence().surfaceParts();
      List<String[]> columns = columns(sentence, rows, annotations);
      for (int i = 0; i < rows.size(); i++) {
        SurfaceToken row = rows.get(i);
        to.append(number).append('-').append(i + 1).append('\t');
        to.append(before.units() + row.begin()).append('-');
        to.append(before.units() + row.end()).append('\t');
        to.append(escapedText(row.form())).append('\t');
        for (String[] column : columns) {
          to.append(column[i]).append('\t');
        }
        to.append('\n');
      }
    }

    private List<String[]> columns(
        TaggedSentence sentence, List<SurfaceToken> rows, long annotations) throws CorpusException {
      List<String[]> columns = new ArrayList<>();
      long mentions = annotations;
      long tags = annotations + Mentions.count(sentence, schemes);
      String layer = "";
      for (String head : heads) {
        TagSequence sequence = sentence.tags(head);
        if (sequence.tags().stream().anyMatch(tag -> tag.chars().anyMatch(c -> c < ' '))) {
          throw Utf8Output.refusal(
              sentence, "can't be written as WebAnno TSV: a tag holds a control character");
        }
        TagScheme scheme = schemes.get(head);
        if (scheme != null) {
          List<Mention> found = Mentions.of(sentence, head, scheme);
          columns.add(mentionColumn(found, rows, mentions));
          mentions += found.size();
          continue;
        }
        // Features of one layer are features of the same annotations.
        String name = BUILT_IN.containsKey(head) ? layer(BUILT_IN.get(head)) : head;
        tags += name.equals(layer) || layer.isEmpty() ? 0 : shared(sentence);
        columns.add(tagColumn(sequence, rows, tags));
        layer = name;
      }
      return columns;
    }

    /** The tags in each row; those of several words have numbers after {@code tags}. */
    private static String[] tagColumn(TagSequence sequence, List<SurfaceToken> rows, long tags) {
      String[] column = new String[rows.size()];
      long number = tags;
      for (int row = 0; row < column.length; row++) {
        SurfaceToken part = rows.get(row);
        StringBuilder values = new StringBuilder();
        for (int i = part.words().begin(); i < part.words().end(); i++) {
          values.append(values.isEmpty() ? "" : "|").append(value(sequence.tag(i)));
          if (part.isMultiword()) {
            values.append('[').append(++number).append(']');
          }
        }
        column[row] = values.toString();
      }
      return column;
    }

    /** The mentions in each row; {@code mentions} is the number before that of the first. */
    private static String[] mentionColumn(
        List<Mention> found, List<SurfaceToken> rows, long mentions) {
      List<List<Integer>> touching = new ArrayList<>();
      int next = 0;
      for (SurfaceToken row : rows) {
        while (next < found.size() && found.get(next).span().end() <= row.words().begin()) {
          next++;
        }
        List<Integer> touches = new ArrayList<>();
        for (int m = next; m < found.size(); m++) {
          if (found.get(m).span().begin() >= row.words().end()) {
            break;
          }
          touches.add(m);
        }
        touching.add(touches);
      }
      boolean[] several = new boolean[found.size()];
      for (int row = 0; row < rows.size(); row++) {
        for (int m : touching.get(row)) {
          boolean continues = row > 0 && touching.get(row - 1).contains(m);
          several[m] |= continues || touching.get(row).size() > 1;
        }
      }
      return touching.stream()
          .map(
              touches ->
                  touches.isEmpty()
                      ? "_"
                      : touches.stream()
                          .map(
                              m ->
                                  value(found.get(m).type())
                                      + (several[m] ? "[" + (mentions + m + 1) + "]" : ""))
                          .collect(Collectors.joining("|")))
          .toArray(String[]::new);
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
