package io.github.rnnotator.cli;

import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Document;
import java.io.IOException;
import java.util.List;

/** Checks that passages are in the model's language. */
record WatchedWriter(OutputFormat.Writer writer, LanguageCheck check)
    implements OutputFormat.Writer {
  @Override
  public void begin() throws IOException {
    writer.begin();
  }

  @Override
  public List<CorpusException> write(Document passage) throws IOException {
    check.look(passage);
    return writer.write(passage);
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
