package io.github.rnnotator.hostile;

import io.github.rnnotator.batch.CheckpointReading;
import io.github.rnnotator.cli.ConfigReading;
import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.VectorFormatException;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.eval.Conlleval;
import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.DocumentReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.FieldDelimiter;
import io.github.rnnotator.io.FieldReader;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.tagger.pretrained.PretrainedFile;
import io.github.rnnotator.tagger.transducer.SearchConfig;
import io.github.rnnotator.tagger.transducer.Transducer;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.vectors.VectorImport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All readers of untrusted bytes. */
final class Targets {
  /** The heap that {@code scripts/fuzz} allows leaves no room for more records than this. */
  private static final int MOST_RECORDS = 1 << 20;

  private static final String SOURCE = "input";

  private static final CorpusFormat.Conllu CONLLU =
      new CorpusFormat.Conllu(Map.of("upos", "upos", "feats", "feats", "ner", "misc:NER"));

  private static final CorpusFormat.Columns COLUMNS =
      new CorpusFormat.Columns(List.of("form", "xpos", "ner"), Map.of("ner", "ner"), true);

  private static final Sentence SENTENCE =
      Sentence.of("Redmere", "voted", "on", "2026-01-01", "\u0000한");

  private Targets() {}

  /** In the order of their names. */
  static List<Target> all() {
    return List.of(
        target("checkpoint", CheckpointReading::read, CorpusException.class),
        target("columns", bytes -> corpus(COLUMNS, bytes), CorpusException.class),
        new Target("config", List.of(ConfigReading.REFUSAL), ConfigReading::read),
        target(
            "conlleval", Targets::conlleval, CorpusException.class, Conlleval.LineException.class),
        target("conllu", Targets::conllu, CorpusException.class),
        target(
            "delimiter",
            bytes -> FieldDelimiter.of(new String(bytes, StandardCharsets.UTF_8)),
            IllegalArgumentException.class),
        target("jsonl", Targets::jsonl, CorpusException.class),
        target("model", bytes -> model(bytes), ModelFormatException.class),
        target("model-parts", bytes -> model(ModelParts.zip(bytes)), ModelFormatException.class),
        target("pretrained", Targets::pretrained, ModelFormatException.class),
        target("safetensors", Targets::safetensors, ModelFormatException.class),
        target("transducer", Targets::transducer, ModelFormatException.class),
        target("text", Targets::text, CorpusException.class),
        target("vec", Targets::table, VectorFormatException.class),
        target("vectors", Targets::vectors, CorpusException.class));
  }

  /** The target of this name. */
  static Target named(String name) {
    return all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no reader '"
                        + name
                        + "', expected one of "
                        + all().stream().map(Target::name).toList()));
  }

  @SafeVarargs
  private static Target target(
      String name, Target.Reader reader, Class<? extends Exception>... refusals) {
    return new Target(name, List.of(refusals), reader);
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  // ---- Corpora ---------------------------------------------------------------------------------

  private static void corpus(CorpusFormat format, byte[] bytes) throws IOException {
    passages(new DocumentFormat.Sentences(format, 200), bytes);
    List<TaggedSentence> sentences = format.read(CorpusInput.unpack(stream(bytes), SOURCE), SOURCE);
    // Sentences that can be read can be written, and read back unchanged.
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (var writer = format.writer(written)) {
      for (TaggedSentence sentence : sentences) {
        writer.write(sentence);
      }
    }
    List<TaggedSentence> again = format.read(stream(written.toByteArray()), "written again");
    check(tagged(sentences).equals(tagged(again)), "written sentences differ when read back");
  }

  /** The sentences without the lines they come from. */
  private static List<TaggedSentence> tagged(List<TaggedSentence> sentences) {
    return sentences.stream().map(sentence -> sentence.with(Origin.NONE)).toList();
  }

  private static void conllu(byte[] bytes) throws IOException {
    corpus(CONLLU, bytes);
    try (ConlluText text =
        new ConlluText(CONLLU.open(CorpusInput.unpack(stream(bytes), SOURCE), SOURCE))) {
      Optional<String> paragraph = text.nextParagraph();
      for (int i = 0; paragraph.isPresent() && i < MOST_RECORDS; i++) {
        paragraph = text.nextParagraph();
      }
    }
  }

  private static void jsonl(byte[] bytes) throws IOException {
    passages(new DocumentFormat.JsonLines("text", "id", text -> text.length() / 2 + 1, 64), bytes);
    passages(new DocumentFormat.Lines(text -> text.length() / 2 + 1, 64), bytes);
  }

  /**
   * Continues after refused records, like {@code batch}, and reads the rest again from a position.
   */
  private static void passages(DocumentFormat format, byte[] bytes) throws IOException {
    Position middle = Position.START;
    int records = 0;
    try (DocumentReader reader =
        format.open(CorpusInput.unpack(stream(bytes), SOURCE), SOURCE, Position.START)) {
      for (boolean more = true; more; records++) {
        check(records < MOST_RECORDS, "a reader that does not terminate");
        try {
          more = reader.read().isPresent();
        } catch (CorpusException e) {
          more = reader.goesOn();
        }
        if (records < 3) {
          middle = reader.position();
        }
      }
    }
    if (middle.bytes() > bytes.length) {
      // Compressed.
      return;
    }
    InputStream rest = stream(bytes);
    rest.skipNBytes(middle.bytes());
    try (DocumentReader reader = format.open(rest, SOURCE, middle)) {
      for (int i = 0; i < records; i++) {
        try {
          if (reader.read().isEmpty()) {
            break;
          }
        } catch (CorpusException e) {
          if (!reader.goesOn()) {
            break;
          }
        }
      }
    }
  }

  private static void conlleval(byte[] bytes) throws IOException {
    for (String delimiter : List.of(" ", "\\t", "[ \\t]+", "")) {
      for (Conlleval script : List.of(Conlleval.chunks(), Conlleval.raw("X"))) {
        try (FieldReader lines =
            new FieldReader(
                CorpusInput.unpack(stream(bytes), SOURCE), SOURCE, FieldDelimiter.of(delimiter))) {
          var score = script.score(lines);
          check(!Conlleval.text(score, false).isEmpty(), "no text");
          check(!Conlleval.text(score, true).isEmpty(), "no table");
        } catch (Conlleval.LineException e) {
          // The script's own message, with the line's own bytes.
          continue;
        }
      }
    }
  }

  // ---- Text ------------------------------------------------------------------------------------

  /** Loaded once, since that takes longer than thousands of inputs. */
  private static final class Segmenters {
    static final List<TextSegmenter> ALL =
        List.of(TextSegmenter.forLanguage("en"), TextSegmenter.forLanguage("ko"));
  }

  private static void text(byte[] bytes) throws IOException {
    for (TextSegmenter segmenter : Segmenters.ALL) {
      DocumentFormat format = new DocumentFormat.Text(segmenter::cut, 300);
      List<String> texts = new ArrayList<>();
      try (DocumentReader reader =
          format.open(CorpusInput.unpack(stream(bytes), SOURCE), SOURCE, Position.START)) {
        for (var passage = reader.read(); passage.isPresent(); passage = reader.read()) {
          texts.add(passage.get().text());
          check(!passage.get().text().isEmpty(), "an empty passage");
        }
      }
      for (String text : texts) {
        int end = 0;
        for (Sentence sentence : segmenter.segment(text)) {
          for (Token token : sentence.tokens()) {
            check(token.begin() >= end, "tokens that overlap");
            end = token.end();
            check(
                text.substring(token.begin(), end).equals(token.form()), "a form not in the text");
          }
        }
      }
    }
  }

  // ---- Models and vectors ----------------------------------------------------------------------

  private static void model(byte[] bytes) throws IOException {
    TaggerModel model = ModelFile.read(stream(bytes), SOURCE).model();
    Tagger tagger = new Tagger(model, Ops.scalar());
    var tagged = tagger.tagDocument(List.of(SENTENCE, Sentence.of("a")));
    check(tagged.size() == 2 && tagged.get(0).size() == SENTENCE.size(), "other sentences");
  }

  private static void transducer(byte[] bytes) throws IOException {
    TransducerModel model = TransducerFile.read(stream(bytes), SOURCE).model();
    Transducer transducer = new Transducer(model, new SearchConfig(2, 1), Ops.scalar());
    check(transducer.transduce(List.of("a b", ""), 1).size() == 2, "other outputs");
  }

  private static void pretrained(byte[] bytes) throws IOException {
    PretrainedEncoder layers = PretrainedFile.read(stream(bytes), SOURCE).encoder();
    PassContext pass = PassContext.inference(Ops.scalar(), new Workspace());
    check(
        layers.embed().forward(List.of(SENTENCE), pass).y().packing().tokens() == SENTENCE.size(),
        "other tokens");
  }

  private static void safetensors(byte[] bytes) throws IOException {
    Safetensors.read(stream(bytes), bytes.length, SOURCE, "");
  }

  private static void table(byte[] bytes) throws IOException {
    WordVectors vectors = VectorFile.read(stream(bytes), bytes.length);
    check(vectors.size() == 0 || vectors.find(vectors.word(0)) == 0, "a word that is not found");
    // The input is the only encoding of this table.
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    VectorFile.write(written, vectors);
    check(written.size() == bytes.length, "a table written differently");
  }

  private static void vectors(byte[] bytes) throws IOException {
    for (WordVectors.Type type : WordVectors.Type.values()) {
      WordVectors vectors =
          VectorImport.read(stream(bytes), SOURCE, 1000, type, read -> {}, note -> {});
      float[] vector = new float[vectors.dim()];
      for (int row = 0; row < vectors.size(); row++) {
        vectors.copy(row, vector, 0);
        for (float number : vector) {
          check(Float.isFinite(number), "a number that is not finite");
        }
      }
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
