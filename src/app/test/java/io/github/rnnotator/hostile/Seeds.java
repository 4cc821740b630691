package io.github.rnnotator.hostile;

import io.github.rnnotator.batch.CheckpointReading;
import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.io.Compression;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.pretrained.PretrainedFile;
import io.github.rnnotator.tagger.pretrained.TinyLayers;
import io.github.rnnotator.tagger.transducer.TinyTransducers;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/** Small valid inputs of every reader, mostly from the project's own writers. */
final class Seeds {
  private static final Path SAMPLE = Path.of("corpora/sample");

  private Seeds() {}

  /** The seeds of a target. */
  static List<byte[]> of(String target) throws IOException {
    return switch (target) {
      case "checkpoint" -> List.of(CheckpointReading.begin());
      case "columns" ->
          packed("# id\n-DOCSTART- -X- O\n\nAnna NNP B-PER\nsings VBZ O\n\nNo DT _\n");
      case "config" -> configs();
      case "conlleval" -> packed("-DOCSTART- O O\n\na B-NP B-NP\nb I-NP B-VP\n-X- O O\nc O I-NP\n");
      case "conllu" -> packed(start("en.conllu") + multiword());
      case "delimiter" -> List.of(utf8("[ \\t]+"), utf8("\\x{e9}|[[:alpha:]]{1,2}(?<a>b)\\k<a>"));
      case "jsonl" ->
          packed(
              "{\"id\": 7, \"text\": \"Anna sings.\\n\\u00fc\"}\n\n{\"x\": [{}], \"text\": \"\"}\n");
      case "model" -> models();
      case "model-parts" -> parts();
      case "pretrained" -> List.of(pretrained());
      case "safetensors" -> safetensors();
      case "text" ->
          packed(
              "It's late, Dr. Bell said.\r\n\r\n\"No!\" (https://a.example/?b=c) 1.5%\u200b한국어 😀\n");
      case "transducer" -> transducers();
      case "vec" -> tables();
      case "vectors" -> vectors();
      default -> throw new IllegalArgumentException("no seeds for " + target);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text uncompressed and in every compression. */
  private static List<byte[]> packed(String text) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (Compression kind : Compression.values()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = kind.pack(bytes)) {
        out.write(utf8(text));
      }
      seeds.add(bytes.toByteArray());
    }
    return seeds;
  }

  private static String start(String file) throws IOException {
    String text = Files.readString(SAMPLE.resolve(file));
    return text.substring(0, text.indexOf("\n\n") + 2);
  }

  private static String multiword() {
    return String.join(
        "\n",
        "# newdoc id = a",
        "# text = can't",
        "1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        "1\tca\tcan\tAUX\tMD\tA=b|C=d\t0\troot\t_\tNER=B-PER",
        "2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_",
        "2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t0:root\t_",
        "",
        "");
  }

  private static List<byte[]> configs() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(Files.readAllBytes(Path.of("eval/sample-ner.yaml")));
    seeds.add(Files.readAllBytes(Path.of("eval/ewt-joint.yaml")));
    seeds.add(
        utf8(
            "input: &in {format: conllu, heads: {upos: upos}}\nembed:\n  shape: yes\n  words: !!map"
                + " {dim: 0x10, unknown: .5, vectors: \"a\\u0000\"}\nencoder:\n- recurrent: gru\n"
                + "  hidden: 2\nheads: {upos: {kind: softmax, smoothing: 1e-1}}\n---\n*in\n"));
    return seeds;
  }

  private static List<byte[]> transducers() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    List<TransducerModel> models = new ArrayList<>(List.of(TinyTransducers.copying(2)));
    for (Attention attention : Attention.values()) {
      models.add(TinyTransducers.model(attention, 1));
    }
    for (TransducerModel model : models) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      TransducerFile.write(bytes, model, Safetensors.Type.F32);
      seeds.add(bytes.toByteArray());
    }
    return seeds;
  }

  private static byte[] pretrained() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PretrainedFile.write(bytes, TinyLayers.layers(1), Safetensors.Type.F32);
    return bytes.toByteArray();
  }

  private static List<TaggerModel> taggers() {
    TaggerConfig words =
        TinyTaggers.config(CellKind.SIMPLE_RNN, Characters.Kind.CNN, "upos", "xpos");
    List<TaggedSentence> english = TinyTaggers.english(1);
    TaggerConfig frozen = TinyTaggers.withVectors(words, false, 3, WordVectors.Type.I8);
    return List.of(
        TinyTaggers.untrained(words, english, 1, 1),
        TinyTaggers.untrained(frozen, english, 1, 2),
        TinyTaggers.untrained(TinyTaggers.deep("upos").group(9), english, 1, 3),
        TinyTaggers.untrained(
            TinyTaggers.config(
                CellKind.LSTM, Characters.Kind.GRU, TinyTaggers.crf(TagScheme.IOBES)),
            TinyTaggers.entities(3),
            1,
            4),
        TinyTaggers.untrained(TinyTaggers.analysis(false), TinyTaggers.analysed(2), 1, 5));
  }

  private static List<byte[]> models() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (TaggerModel model : taggers()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ModelFile.write(bytes, model.withCard("# Card\n"), Safetensors.Type.F16);
      seeds.add(bytes.toByteArray());
    }
    return seeds;
  }

  private static List<byte[]> parts() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] model : models()) {
      seeds.add(ModelParts.of(model));
    }
    return seeds;
  }

  private static List<byte[]> safetensors() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (Safetensors.Type type : Safetensors.Type.values()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Map<String, FMatrixRMaj> matrices = new LinkedHashMap<>();
      matrices.put("a", new FMatrixRMaj(2, 3));
      matrices.put("b.c", new FMatrixRMaj(1, 0));
      Safetensors.write(bytes, matrices, Map.of("epoch", "3"), type);
      seeds.add(bytes.toByteArray());
    }
    return seeds;
  }

  private static List<byte[]> tables() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (WordVectors.Type type : WordVectors.Type.values()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      VectorFile.write(bytes, TinyTaggers.vectors(List.of(Sentence.of("a", "한", "the")), 3, type));
      seeds.add(bytes.toByteArray());
    }
    return seeds;
  }

  private static List<byte[]> vectors() throws IOException {
    List<byte[]> seeds = new ArrayList<>(packed("3 2\nthe 0.5 -1e-3\nof 1 2\n. . 0 1\n"));
    seeds.add(utf8("the 0.5 -1e-3 7\nof 1 2 3\n"));
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    binary.write(utf8("2 3\n"));
    for (String word : List.of("the", "\nof")) {
      binary.write(utf8(word + " "));
      binary.write(
          ByteBuffer.allocate(12)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putFloat(0.1f)
              .putFloat(-2)
              .putFloat(1e-9f)
              .array());
    }
    seeds.add(binary.toByteArray());
    return seeds;
  }
}
