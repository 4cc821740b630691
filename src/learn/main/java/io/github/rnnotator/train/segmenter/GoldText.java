package io.github.rnnotator.train.segmenter;

import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.segment.Pieces;
import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.MultiwordTable;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of CoNLL-U files as passages of gold tokens, and the words of their multiword tokens.
 *
 * @param passages in the order of the files
 * @param multiword every multiword token
 */
record GoldText(List<Passage> passages, List<MultiwordTable.Occurrence> multiword) {
  /** Reads files. */
  static GoldText read(List<Path> files) throws IOException {
    List<Passage> passages = new ArrayList<>();
    List<MultiwordTable.Occurrence> multiword = new ArrayList<>();
    for (Path file : files) {
      Reader reader = new Reader();
      reader.read(file);
      passages.addAll(reader.passages());
      multiword.addAll(reader.multiword);
    }
    return new GoldText(passages, multiword);
  }

  /** Reads one file. */
  private static final class Reader {
    private final List<MultiwordTable.Occurrence> multiword = new ArrayList<>();
    private final List<List<GoldToken>> sentences = new ArrayList<>();
    private boolean anyTouching;
    private boolean anyParagraph;

    void read(Path file) throws IOException {
      try (SentenceReader in = new CorpusFormat.Conllu(Map.of()).open(file)) {
        for (Optional<TaggedSentence> next = in.read(); next.isPresent(); next = in.read()) {
          add(next.get());
        }
      }
      if (sentences.isEmpty()) {
        throw new CorpusException(file.toString(), "no sentences, expected at least one");
      }
    }

    private void add(TaggedSentence sentence) {
      if (!sentences.isEmpty() && ConlluText.beginsParagraph(sentence)) {
        anyParagraph = true;
        List<GoldToken> last = sentences.get(sentences.size() - 1);
        last.set(last.size() - 1, last.get(last.size() - 1).with(Gap.PARAGRAPH));
      }
      List<GoldToken> tokens = new ArrayList<>();
      List<SurfaceToken> surface = sentence.sentence().surface();
      for (int i = 0; i < surface.size(); i++) {
        SurfaceToken token = surface.get(i);
        boolean spaced =
            i + 1 < surface.size()
                ? surface.get(i + 1).begin() > token.end()
                : ConlluText.isFollowedBySpace(sentence);
        anyTouching |= !spaced;
        String form = LookupForm.of(token.form());
        tokens.add(new GoldToken(form, token.isMultiword(), spaced ? Gap.SPACE : Gap.NONE));
        if (token.isMultiword()) {
          List<String> words =
              sentence.sentence().forms().subList(token.words().begin(), token.words().end());
          multiword.add(new MultiwordTable.Occurrence(form, words));
        }
      }
      sentences.add(tokens);
    }

    List<Passage> passages() {
      if (!anyTouching) {
        sentences.forEach(Reader::touchWithoutSpaces);
      }
      return Passage.of(sentences, anyParagraph);
    }

    private static boolean isUnspaced(String form) {
      return Pieces.isWithoutSpaces(form) || Pieces.isMark(form);
    }

    /** A file may leave out that no spaces follow the words of a script that is written so. */
    private static void touchWithoutSpaces(List<GoldToken> sentence) {
      for (int i = 0; i < sentence.size(); i++) {
        GoldToken token = sentence.get(i);
        boolean touches = i + 1 == sentence.size() || isUnspaced(sentence.get(i + 1).form());
        if (token.gap() == Gap.SPACE && (touches || isUnspaced(token.form()))) {
          sentence.set(i, token.with(Gap.NONE));
        }
      }
    }
  }
}
