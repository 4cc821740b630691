package io.github.rnnotator.cli;

import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Document;
import java.io.IOException;
import java.util.List;

/**
 * Flushes after each passage, so that a closed pipe ends the work early, and checks that passages
 * are in the model's language.
 */
record WatchedWriter(OutputFormat.Writer writer, LanguageCheck check)
    implements OutputFormat.Writer {
  @Override
  public void begin() throws IOException {
    writer.begin();
  }

  @Override
  public List<CorpusException> write(Document passage) throws IOException {
    check.look(passage);
    List<CorpusException> refused = writer.write(passage);
    writer.flush();
    return refused;
  }

  @Override
  public void end() throws IOException {
    writer.end();
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }
}
