package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One JSON object per line for each sentence, with its document.
 *
 * @param schemes the scheme of each head whose tags are mentions
 */
record JsonlFormat(Map<String, TagScheme> schemes) implements OutputFormat {
  @Override
  public List<String> extensions() {
    return List.of("jsonl");
  }

  @Override
  public Counts count(Document passage) {
    return new Counts(
        passage.section().begins() ? 1 : 0,
        passage.sentences().size(),
        passage.tokenCount(),
        Mentions.count(passage, schemes),
        0,
        0);
  }

  @Override
  public Writer writer(List<OutputStream> streams, Counts before) {
    JsonlWriter json = new JsonlWriter(streams.get(0), schemes);
    return new Writer() {
      @Override
      public void begin() {}

      @Override
      public List<CorpusException> write(Document passage) throws IOException {
        CodePoints places = new CodePoints(passage.text());
        List<CorpusException> refused = new ArrayList<>();
        for (TaggedSentence sentence : passage.sentences()) {
          try {
            if (passage.text().isEmpty()) {
              json.write(sentence, passage.id());
            } else {
              json.write(sentence, passage, places);
            }
          } catch (CorpusException e) {
            refused.add(e);
          }
        }
        return refused;
      }

      @Override
      public void end() {}

      @Override
      public void flush() throws IOException {
        json.close();
      }
    };
  }
}
