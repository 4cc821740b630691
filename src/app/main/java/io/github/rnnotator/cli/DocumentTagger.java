package io.github.rnnotator.cli;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.annotate.OrderedTasks;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.formats.CorpusDocuments;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.DocumentReader;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.formats.SourceLines;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tags the documents of several sources on several threads and writes them in order. The output
 * does not depend on the number of threads.
 */
final class DocumentTagger {
  /** The number of sentences read and tagged together. */
  private static final int BLOCK = 1024;

  /** The approximate number of characters of short documents tagged together. */
  private static final int BLOCK_CHARACTERS = 1 << 16;

  /** More lines make the first one no faster. */
  private static final int WARM_UP = 200;

  private static final int WARM_UP_WORDS = 12;

  /** Reads, tags and writes one source. */
  private interface Route {
    void tag(InputSource source, Blocks blocks) throws IOException;
  }

  /** Blocks of documents, which are tagged in parallel and written in order. */
  private record Blocks(
      Annotator tagger, OrderedTasks<List<Document>> tasks, OutputFormat.Writer writer) {
    void add(List<Document> passages) throws IOException {
      tasks.add(() -> tagger.annotate(passages));
      while (tasks.isDue()) {
        write(tasks.take());
      }
    }

    /** Writes all that was added. */
    void finish() throws IOException {
      while (!tasks.isEmpty()) {
        write(tasks.take());
      }
    }

    private void write(List<Document> tagged) throws IOException {
      for (Document document : tagged) {
        List<CorpusException> refused = writer.write(document);
        if (!refused.isEmpty()) {
          // Nothing comes after the text that can't be written.
          tasks.close();
          throw refused.get(0);
        }
      }
      // A closed pipe ends the work early.
      writer.flush();
    }
  }

  private final Annotator tagger;
  private final int threads;
  private final Route route;

  private DocumentTagger(Annotator tagger, int threads, Route route) {
    this.tagger = tagger;
    this.threads = threads;
    this.route = route;
  }

  /**
   * Creates a tagger of raw text.
   *
   * @param several whether there are several sources: each is then a document with its name, unless
   *     the format names its documents
   * @param threads how many tag
   */
  static DocumentTagger ofPassages(
      Annotator tagger, DocumentFormat format, boolean several, int threads) {
    return new DocumentTagger(
        tagger,
        threads,
        (source, blocks) -> {
          try (DocumentReader reader = format.open(source.open(), source.name(), Position.START)) {
            List<Document> block = new ArrayList<>();
            int characters = 0;
            for (Optional<Document> next = reader.read(); next.isPresent(); next = reader.read()) {
              Document passage = next.get();
              boolean unnamed = several && passage.id().isEmpty();
              block.add(unnamed ? passage.shared(source.name()) : passage);
              characters += passage.text().length();
              boolean waits = !reader.isReady();
              if (characters >= BLOCK_CHARACTERS || waits) {
                blocks.add(block);
                block = new ArrayList<>();
                characters = 0;
              }
              if (waits) {
                // While the input has no more, what has come is written.
                blocks.finish();
              }
            }
            blocks.add(block);
          }
        });
  }

  /**
   * Creates a tagger of files of tokens.
   *
   * @param several as in {@link #ofPassages}
   */
  static DocumentTagger ofSentences(
      Annotator tagger, CorpusFormat format, boolean several, int threads) {
    return new DocumentTagger(
        tagger,
        threads,
        (source, blocks) -> {
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
              blocks.add(passages);
            }
          }
        });
  }

  /** Tags all sources. */
  void tag(List<InputSource> sources, OutputFormat.Writer writer) throws IOException {
    writer.begin();
    try (OrderedTasks<List<Document>> tasks = new OrderedTasks<>(threads)) {
      Blocks blocks = new Blocks(tagger, tasks, writer);
      for (InputSource source : sources) {
        try {
          route.tag(source, blocks);
        } catch (CorpusException e) {
          // What was read before the error is written.
          blocks.finish();
          throw e;
        }
      }
      blocks.finish();
    }
    writer.end();
    writer.flush();
  }

  /**
   * Uses the time before the first input comes: tags words of the model, so that the first line
   * finds its code compiled.
   *
   * @param in where input will come
   * @param nowhere a writer whose output is lost
   */
  void warmUp(InputStream in, TaggerModel model, OutputFormat.Writer nowhere) throws IOException {
    List<String> words =
        model.vocabularies().words().entries().stream()
            .limit((long) WARM_UP * WARM_UP_WORDS)
            .map(Vocabulary.Entry::text)
            .toList();
    nowhere.begin();
    try (OrderedTasks<List<Document>> tasks = new OrderedTasks<>(threads)) {
      Blocks blocks = new Blocks(tagger, tasks, nowhere);
      for (int line = 0; line < WARM_UP && !words.isEmpty() && in.available() == 0; line++) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 + line % WARM_UP_WORDS; i++) {
          String word = words.get((line * WARM_UP_WORDS + i) % words.size());
          // Some words are new.
          text.append(word).append(i % 4 == 3 ? "-" + line : "").append(' ');
        }
        byte[] bytes = text.append(".\n").toString().getBytes(StandardCharsets.UTF_8);
        route.tag(new InputSource("-", new ByteArrayInputStream(bytes)), blocks);
        blocks.finish();
      }
    }
    nowhere.end();
  }
}
