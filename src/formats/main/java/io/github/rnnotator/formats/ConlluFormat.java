package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * CoNLL-U documents. A document from raw text begins with {@code # newdoc}, with its name, if any,
 * as {@code id}, and the last word of a sentence has {@code SpaceAfter=No} where the next sentence
 * follows without white space, so that the text can be restored. Sentences read from CoNLL-U keep
 * their comments.
 *
 * @param format maps heads to columns
 */
record ConlluFormat(CorpusFormat.Conllu format) implements OutputFormat {
  @Override
  public List<String> extensions() {
    return List.of("conllu");
  }

  @Override
  public Counts count(Document passage) {
    return SentenceFormat.sentencesAndTokens(passage);
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    ConlluWriter sentences = new ConlluWriter(format.heads(), new Utf8Output(streams.get(0)));
    return new Writer() {
      @Override
      public void begin() {}

      @Override
      public List<CorpusException> write(Document passage) throws IOException {
        return ConlluFormat.write(passage, sentences);
      }

      @Override
      public void end() {}

      @Override
      public void flush() throws IOException {
        sentences.close();
      }
    };
  }

  private static List<CorpusException> write(Document passage, ConlluWriter writer)
      throws IOException {
    List<CorpusException> refused = new ArrayList<>();
    // If the first sentence is refused, the document begins with the next one.
    boolean begins = passage.section().begins();
    for (int i = 0; i < passage.sentences().size(); i++) {
      TaggedSentence sentence = passage.sentences().get(i);
      try {
        writer.write(
            begins ? SentenceFormat.beginningDocument(sentence, passage.id()) : sentence,
            passage.touchesNextSentence(i));
        begins = false;
      } catch (CorpusException e) {
        refused.add(e);
      }
    }
    return refused;
  }
}
