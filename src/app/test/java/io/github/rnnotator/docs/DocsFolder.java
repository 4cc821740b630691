package io.github.rnnotator.docs;

import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.HeadConfig.Pooling;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.train.JointTagger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder as a reader of the documentation has it: the sample corpora, the recipes, and small
 * files by the names that the commands use. Tiny taggers stand for the bundled ones, so that
 * nothing depends on how good those are; their segmenters are those of the bundled models.
 */
record DocsFolder(Path folder) {
  private static final Path SAMPLES = Path.of("corpora/sample");

  /** The folder of the substitutes for the bundled models, to be put first on the class path. */
  Path bundled() {
    return folder.resolve("bundled");
  }

  static DocsFolder create(Path folder) throws IOException {
    DocsFolder docs = new DocsFolder(folder);
    docs.copy(SAMPLES);
    docs.copy(Path.of("eval"));
    docs.models();
    docs.configurations();
    docs.corpora();
    docs.vectors();
    return docs;
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        write(file.toString(), Files.readAllBytes(file));
      }
    }
  }

  private void models() throws IOException {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("xpos", "xpos");
    columns.put("upos", "upos");
    columns.put("ner", "ner");
    Map<String, String> fields = new LinkedHashMap<>(columns);
    fields.put("ner", "misc:NER");
    InputConfig conllu = InputConfig.defaults().heads(fields);
    InputConfig conll =
        InputConfig.defaults()
            .format("columns")
            .columns(List.of("form", "xpos", "upos", "ner"))
            .heads(columns);
    for (String name : List.of("en", "en-fast", "ko")) {
      model(
          "bundled/META-INF/rnnotator/models/" + name + ".rnn",
          conllu,
          BundledModel.segmenter(name.substring(0, 2)).orElse(null));
    }
    for (String name : List.of("ewt.rnn", "MODEL", "english.rnn")) {
      model(name, conllu, null);
    }
    model("ner.rnn", conll, null);
    JointTagger.write(
        TinyTexts.untrained(TinyTexts.config(Pooling.LAST, true), 4),
        folder.resolve("messages.rnn"));
  }

  /** What pages tell a reader to save under a name. */
  private void configurations() throws IOException {
    write("my.yaml", Markdown.read("README.ko.md").block("language: ko"));
    Markdown training = Markdown.read("docs/training.md");
    write("mine.yaml", training.block("columns: [form, ner], heads"));
    write("own.yaml", training.block("columns: [form, entity], heads"));
    write("mine.conll", training.block("Petra B-PER"));
    write("columns.yaml", training.block("columns: {upos: {dim: 10}"));
    write("sources.yaml", training.block("sources:").replace("epochs: 20", "epochs: 2"));
  }

  private void model(String name, InputConfig input, @Nullable SegmenterModel segmenter)
      throws IOException {
    TaggerModel joint = JointTagger.get().model();
    TaggerConfig config =
        TaggerConfig.of(
            input, joint.config().embed(), joint.config().encoder(), joint.config().heads());
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    JointTagger.write(
        new TaggerModel(
            config, joint.vocabularies(), joint.labels(), joint.network(), segmenter, "a card"),
        file);
  }

  private void corpora() throws IOException {
    String conllu = sentences("en.conllu", 12);
    for (String name :
        List.of(
            "train.conllu",
            "dev.conllu",
            "system.conllu",
            "BASE.conllu",
            "OTHER",
            "gum-train.conllu",
            "DATA/ewt/train.conllu",
            "DATA/ewt/dev.conllu")) {
      write(name, conllu);
    }
    // The model that stands for the Korean one has entities, too.
    String korean = sentences("ko.conllu", 12).replaceFirst("(?m)^(1\t.*\t)\\S+$", "$1NER=B-LOC");
    write("kaist-train.conllu", korean);
    write("DATA/ko_gsd/train.conllu", korean);
    // The sample has no features.
    String analysed =
        conllu.replaceAll(
            "(?m)^(\\d++\t[^\t\n]++\t[^\t\n]++\tNOUN\t[^\t\n]++\t)_", "$1Number=Sing");
    for (String treebank : List.of("pt_bosque", "zh_gsd", "en_gum", "ko_kaist")) {
      write("DATA/" + treebank + "/train.conllu", analysed);
      write("DATA/" + treebank + "/dev.conllu", analysed);
    }
    write("DATA/ko_gsd/dev.conllu", korean);
    String entities = entities(conllu);
    for (String name :
        List.of("train.iob2", "DATA/uner_ewt/train.iob2", "DATA/uner_ewt/dev.iob2")) {
      write(name, entities);
    }
    String conll = sentences("en.conll", 12);
    for (String name :
        List.of(
            "train.conll",
            "dev.conll",
            "train.txt",
            "dev.txt",
            "DATA/conll2003/train.txt",
            "DATA/conll2003/dev.txt")) {
      write(name, conll);
    }
    String tweets = conll.replaceAll("(?m)^(\\S+) .* (\\S+)$", "$1\t$2");
    write("DATA/wnut17/train.txt", tweets);
    write("DATA/wnut17/dev.txt", tweets);
    sources(conllu, tweets);
    String chunks = conll.replaceAll("(?m)^(\\S+) (\\S+) .* (\\S+)$", "$1 $2 $3");
    write("DATA/conll2000/train.txt", chunks);
    List<String> messages = Files.readAllLines(SAMPLES.resolve("messages.tsv")).subList(0, 40);
    write("DATA/sms_spam/train.tsv", String.join("\n", messages) + "\n");
    String films = "1 a stirring , funny film\n0 a dull one\n".repeat(4);
    List<String> pairs = Files.readAllLines(Path.of("corpora/sample/plurals.tsv")).subList(0, 12);
    for (String set : List.of("g2p_ko", "translation_en_ko", "chatbot_ko", "cmudict_en")) {
      write("DATA/pairs/" + set + "/train.tsv", String.join("\n", pairs) + "\n");
      write("DATA/pairs/" + set + "/dev.tsv", String.join("\n", pairs) + "\n");
    }
    write("DATA/sst2/train.txt", films);
    write("DATA/sst2/dev.txt", films);
    String text = "Peter lives in Oslo. She reads books.\n";
    for (String name : List.of("letter.txt", "news/a.txt", "texts/a.txt")) {
      write(name, text);
    }
    String documents = (text.repeat(40) + "\n").repeat(20);
    write("wiki.txt.gz", packed(documents));
    write("news.txt", documents);
    String json = "{\"id\": 1, \"text\": \"Peter lives in Oslo.\"}\n";
    write("dump/2024/a.jsonl.gz", packed(json));
    write("posts.gz", packed(text));
  }

  /** The corpora of a configuration with several sources. */
  private void sources(String conllu, String columns) throws IOException {
    for (String part : List.of("train", "dev")) {
      write("web/" + part + ".conllu", conllu);
      write("tweets/" + part + ".txt", columns);
      String music = columns.replace("-PER", "-musicalartist").replace("-LOC", "-city");
      write("music/" + part + ".txt", music.replace("-ORG", "-band"));
      write("DATA/ner_en/crossner_music/" + part + ".txt", music.replace("-ORG", "-band"));
      write("DATA/ner_en/btc/" + part + ".txt", columns);
    }
    write("people/train.txt", columns.replaceAll("[BI]-(?!PER).*", "O"));
  }

  private void vectors() throws IOException {
    StringBuilder vectors = new StringBuilder();
    for (String word : List.of("the", "city", "of", "council", "film", "a")) {
      vectors.append(word).append(" 0.125".repeat(100)).append('\n');
    }
    write("glove.vec", vectors.toString());
    write("wiki.de.vec.gz", packed(vectors.toString()));
  }

  /** The first sentences of a sample. */
  private static String sentences(String sample, int n) throws IOException {
    String[] all = Files.readString(SAMPLES.resolve(sample)).split("\n\n");
    return String.join("\n\n", List.of(all).subList(0, n)) + "\n\n";
  }

  /** {@code id, form, ner} of CoNLL-U, as Universal NER has it. */
  private static String entities(String conllu) {
    StringBuilder rows = new StringBuilder();
    for (String line : conllu.split("\n", -1)) {
      String[] cells = line.split("\t");
      if (cells.length == 1) {
        rows.append(line).append('\n');
      } else if (!cells[0].contains("-")) {
        String tag = cells[9].replaceFirst(".*NER=([^|]*).*", "$1");
        rows.append(cells[0]).append('\t').append(cells[1]).append('\t');
        rows.append(tag.matches("[BI]-.*") ? tag : "O").append('\n');
      }
    }
    return rows.toString();
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
