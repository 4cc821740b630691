package io.github.rnnotator.batch;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.Compression;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.text.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;

/** The parallel work: tags parts and encodes them as the bytes to be written. */
record PartTagger(Annotator tagger, OutputFormat format, Compression compression, Meter meter) {
  static final String SEGMENT = "segment";
  static final String TAG = "tag";
  static final String WRITE = "write";

  /**
   * Tagged parts.
   *
   * @param parts with tagged passages
   * @param counts the size that each adds to its file
   */
  record Tagged(List<Part> parts, List<Counts> counts) {
    /** The size of the last part's file, given that of the first part's. */
    Counts after(Counts before) {
      Counts sum = before;
      for (int i = 0; i < parts.size(); i++) {
        sum = (parts.get(i).begins() ? Counts.ZERO : sum).plus(counts.get(i));
      }
      return sum;
    }
  }

  /**
   * A part as bytes.
   *
   * @param part the part, without its passages
   * @param counts the size of its file, this part included
   * @param added the size of this part
   * @param bytes the bytes to append to each file of the format
   * @param line the line of the part's begin
   */
  record Encoded(
      Part part,
      Counts counts,
      Counts added,
      List<UnsynchronizedByteArrayOutputStream> bytes,
      int line) {}

  Tagged tag(List<Part> parts) {
    List<Part> tagged;
    try {
      tagged = tagAll(parts);
    } catch (RuntimeException | StackOverflowError e) {
      // One failing passage must not affect its neighbours.
      tagged = parts.stream().map(this::tagOneByOne).toList();
    }
    List<Counts> counts = new ArrayList<>();
    for (Part part : tagged) {
      counts.add(part.passages().stream().map(format::count).reduce(Counts.ZERO, Counts::plus));
    }
    return new Tagged(tagged, counts);
  }

  private List<Part> tagAll(List<Part> parts) {
    List<Document> passages = new ArrayList<>();
    parts.forEach(part -> passages.addAll(part.passages()));
    List<Document> segmented =
        meter.time(SEGMENT, () -> passages.stream().map(tagger::segment).toList());
    List<Document> found = meter.time(TAG, () -> tagger.tag(segmented));
    List<Part> tagged = new ArrayList<>();
    int next = 0;
    for (Part part : parts) {
      tagged.add(part.with(found.subList(next, next + part.passages().size())));
      next += part.passages().size();
    }
    return tagged;
  }

  private Part tagOneByOne(Part part) {
    List<Document> passages = new ArrayList<>();
    List<Failure> failures = new ArrayList<>(part.failures());
    for (Document passage : part.passages()) {
      try {
        passages.addAll(tagger.tag(List.of(tagger.segment(passage))));
      } catch (RuntimeException | StackOverflowError e) {
        failures.add(
            new Failure(
                part.file().name(),
                passage.section().origin().line(),
                0,
                "can't be tagged because of a bug in the program: " + Failure.say(e),
                false));
      }
    }
    return part.with(passages, failures);
  }

  List<Encoded> encode(Tagged tagged, Counts before) {
    return meter.time(
        WRITE,
        () -> {
          List<Encoded> encoded = new ArrayList<>();
          Counts sum = before;
          try {
            for (int i = 0; i < tagged.parts().size(); i++) {
              Part part = tagged.parts().get(i);
              sum = part.begins() ? Counts.ZERO : sum;
              Counts added = tagged.counts().get(i);
              encoded.add(encode(part, sum, added));
              sum = sum.plus(added);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return encoded;
        });
  }

  private Encoded encode(Part part, Counts before, Counts added) throws IOException {
    List<UnsynchronizedByteArrayOutputStream> plain =
        format.extensions().stream().map(extension -> buffer()).toList();
    OutputFormat.Writer writer = format.writer(List.copyOf(plain), before);
    List<Failure> failures = new ArrayList<>(part.failures());
    if (part.begins()) {
      writer.begin();
    }
    for (Document passage : part.passages()) {
      for (CorpusException refused : writer.write(passage)) {
        failures.add(Failure.of(part.file().name(), refused));
      }
    }
    if (part.ends()) {
      writer.end();
    }
    writer.flush();
    List<UnsynchronizedByteArrayOutputStream> bytes = new ArrayList<>();
    for (UnsynchronizedByteArrayOutputStream stream : plain) {
      bytes.add(packed(stream, part.ends()));
    }
    int line = part.passages().isEmpty() ? 0 : part.passages().get(0).section().origin().line();
    return new Encoded(part.with(List.of(), failures), before.plus(added), added, bytes, line);
  }

  /** Compresses bytes as a separate stream; an empty file is compressed, too. */
  private UnsynchronizedByteArrayOutputStream packed(
      UnsynchronizedByteArrayOutputStream plain, boolean ends) throws IOException {
    if (compression == Compression.NONE || (plain.size() == 0 && !ends)) {
      return plain;
    }
    UnsynchronizedByteArrayOutputStream packed = buffer();
    try (OutputStream out = compression.pack(packed)) {
      plain.writeTo(out);
    }
    return packed;
  }

  /** Creates a buffer that grows without copying. Starts small, since many files are small. */
  private static UnsynchronizedByteArrayOutputStream buffer() {
    return UnsynchronizedByteArrayOutputStream.builder().setBufferSize(1 << 10).get();
  }
}
