package io.github.rnnotator.cli;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.formats.CorpusDocuments;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.DocumentReader;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.formats.SourceLines;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tags the documents of several sources and writes them in order. */
final class DocumentTagger {
  /** The number of sentences read and tagged together. */
  private static final int BLOCK = 1024;

  /** The approximate number of characters of short documents tagged together. */
  private static final int BLOCK_CHARACTERS = 1 << 16;

  /** Reads, tags and writes one source. */
  private interface Route {
    void tag(InputSource source, OutputFormat.Writer writer) throws IOException;
  }

  private final Route route;

  private DocumentTagger(Route route) {
    this.route = route;
  }

  /**
   * Creates a tagger of raw text.
   *
   * @param several whether there are several sources: each is then a document with its name, unless
   *     the format names its documents
   */
  static DocumentTagger ofPassages(Annotator tagger, DocumentFormat format, boolean several) {
    return new DocumentTagger(
        (source, writer) -> {
          try (DocumentReader reader = format.open(source.open(), source.name(), Position.START)) {
            List<Document> block = new ArrayList<>();
            int characters = 0;
            for (Optional<Document> next = reader.read(); next.isPresent(); next = reader.read()) {
              Document passage = next.get();
              boolean unnamed = several && passage.id().isEmpty();
              block.add(unnamed ? passage.shared(source.name()) : passage);
              characters += passage.text().length();
              if (characters >= BLOCK_CHARACTERS) {
                writeTagged(tagger, block, writer);
                block.clear();
                characters = 0;
              }
            }
            writeTagged(tagger, block, writer);
          }
        });
  }

  /**
   * Creates a tagger of files of tokens.
   *
   * @param several as in {@link #ofPassages}
   */
  static DocumentTagger ofSentences(Annotator tagger, CorpusFormat format, boolean several) {
    return new DocumentTagger(
        (source, writer) -> {
          try (CorpusDocuments reader =
              new CorpusDocuments(format.open(source.open(), source.name()))) {
            String unnamed = several ? source.name() : "";
            String document = unnamed;
            boolean first = true;
            for (List<List<TaggedSentence>> block = reader.read(BLOCK);
                !block.isEmpty();
                block = reader.read(BLOCK)) {
              List<Document> passages = new ArrayList<>();
              for (List<TaggedSentence> sentences : block) {
                boolean begins = SourceLines.of(sentences.get(0)).beginsDocument();
                if (begins) {
                  document = SourceLines.of(sentences.get(0)).documentId().orElse(unnamed);
                }
                passages.add(
                    Document.ofTokens(document, begins || first, source.name(), sentences));
                first = false;
              }
              writeTagged(tagger, passages, writer);
            }
          }
        });
  }

  /** Tags all sources. */
  void tag(List<InputSource> sources, OutputFormat.Writer writer) throws IOException {
    writer.begin();
    for (InputSource source : sources) {
      route.tag(source, writer);
    }
    writer.end();
    writer.flush();
  }

  private static void writeTagged(
      Annotator tagger, List<Document> passages, OutputFormat.Writer writer) throws IOException {
    for (Document tagged : tagger.annotate(passages)) {
      List<CorpusException> refused = writer.write(tagged);
      if (!refused.isEmpty()) {
        throw refused.get(0);
      }
    }
  }
}
