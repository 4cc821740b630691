package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes {@link CorpusFormat.Conllu}. */
final class ConlluWriter implements SentenceWriter {
  private final Set<String> mapped;
  private final Map<String, ConlluField> fields = new LinkedHashMap<>();
  private final Utf8Output out;

  ConlluWriter(Map<String, String> heads, Utf8Output out) {
    this.mapped = heads.keySet();
    heads.forEach((head, name) -> fields.put(head, ConlluField.of(head, name)));
    this.out = out;
  }

  @Override
  public void write(TaggedSentence sentence) throws IOException {
    write(sentence, false);
  }

  /**
   * Writes one sentence.
   *
   * @param touches whether the next sentence follows without white space
   */
  void write(TaggedSentence sentence, boolean touches) throws IOException {
    StringBuilder text = new StringBuilder();
    if (sentence.origin() instanceof SourceLines.Columns rows && rows.beginsDocument()) {
      text.append("# newdoc\n");
    }
    SourceLines.of(sentence).comments().forEach(comment -> text.append(comment).append('\n'));
    if (sentence.origin() instanceof SourceLines.Conllu rows) {
      int word = 0;
      for (String line : rows.lines()) {
        if (SourceLines.Conllu.isWord(line)) {
          List<String> cells = Arrays.asList(line.split("\t", -1));
          putTags(sentence, word, cells);
          text.append(String.join("\t", cells));
          word++;
        } else {
          text.append(line);
        }
        text.append('\n');
      }
    } else {
      if (Comments.value(SourceLines.of(sentence).comments(), "text").isEmpty()) {
        text.append("# text = ");
        text.append(ConlluText.spaced(sentence.sentence().surface())).append('\n');
      }
      appendNew(sentence, touches, text);
    }
    out.write(sentence, text.append('\n'));
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }

  private void putTags(TaggedSentence sentence, int i, List<String> cells) throws CorpusException {
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      ConlluField field = fields.computeIfAbsent(head.getKey(), ConlluField::ofUnmapped);
      String tag =
          isNoSuffix(sentence, head.getKey(), i)
              ? TagScheme.OUTSIDE
              : MissingTags.written(head.getValue(), i);
      if (!field.holds(tag)) {
        throw Utf8Output.refusal(
            sentence,
            "can't be written as CoNLL-U: tag '"
                + tag
                + "' of head '"
                + head.getKey()
                + "' is empty or holds a separator");
      }
      field.set(cells, tag);
    }
  }

  /** Whether a tag is the suffix of a token outside of mentions, or of 0 characters. */
  private static boolean isNoSuffix(TaggedSentence sentence, String head, int i) {
    if (!Mention.isSuffixHead(head)) {
      return false;
    }
    TagSequence mentions = sentence.tags().get(Mention.headOf(head));
    return sentence.tags(head).tag(i).equals("0")
        || (mentions != null && mentions.tag(i).equals(TagScheme.OUTSIDE));
  }

  /** Appends rows to a sentence that has none. Only what is written has {@code SpaceAfter=No}. */
  private void appendNew(TaggedSentence sentence, boolean touches, StringBuilder text)
      throws CorpusException {
    List<SurfaceToken> tokens = sentence.sentence().surface();
    for (int t = 0; t < tokens.size(); t++) {
      SurfaceToken token = tokens.get(t);
      Span words = token.words();
      boolean last = t + 1 == tokens.size();
      boolean touchesNext = last ? touches : token.end() == tokens.get(t + 1).begin();
      if (token.isMultiword()) {
        String id = words.begin() + 1 + "-" + words.end();
        append(newCells(sentence, id, token.form()), touchesNext, text);
      }
      for (int i = words.begin(); i < words.end(); i++) {
        List<String> cells = newCells(sentence, String.valueOf(i + 1), sentence.sentence().form(i));
        putNewTags(sentence, i, cells);
        append(cells, touchesNext && !token.isMultiword(), text);
      }
    }
  }

  private static void append(List<String> cells, boolean touchesNext, StringBuilder text) {
    if (touchesNext) {
      String misc = cells.get(ConlluField.MISC);
      cells.set(ConlluField.MISC, (misc.equals("_") ? "" : misc + "|") + "SpaceAfter=No");
    }
    text.append(String.join("\t", cells)).append('\n');
  }

  private static List<String> newCells(TaggedSentence sentence, String id, String form)
      throws CorpusException {
    List<String> cells = new ArrayList<>(Collections.nCopies(ConlluField.COLUMNS, "_"));
    if (!ConlluField.fits(form)) {
      throw Utf8Output.refusal(
          sentence, "can't be written as CoNLL-U: a form holds a tab or a line end");
    }
    cells.set(ConlluField.ID, id);
    cells.set(ConlluField.FORM, form);
    return cells;
  }

  private void putNewTags(TaggedSentence sentence, int i, List<String> cells)
      throws CorpusException {
    for (String head : mapped) {
      // Without its key in MISC a word would read as tag O.
      if (!sentence.tags().containsKey(head)) {
        fields.computeIfAbsent(head, ConlluField::ofUnmapped).set(cells, MissingTags.MARK);
      }
    }
    putTags(sentence, i, cells);
  }
}
