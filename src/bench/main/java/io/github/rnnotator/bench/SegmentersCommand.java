package io.github.rnnotator.bench;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.bench.measure.Machine;
import io.github.rnnotator.bench.measure.Rounds;
import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.bench.measure.Timing;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code segmenters}: raw text to sentences and tokens, and to tags, by ours and by others. */
@Command(
    name = "segmenters",
    description = {
      "Sentences and tokens from raw English text, on one thread: our segmenter, OpenNLP's detector and"
          + " tokenizer, CoreNLP's tokenizer. And tags from raw text, compared with tags from tokens."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  scripts/benchmark segmenters --text text.txt -m en -m en-fast"})
final class SegmentersCommand implements Callable<Integer> {
  private static final Rounds ROUNDS = new Rounds(9, 500, 8_000);

  @Option(
      names = "--text",
      required = true,
      paramLabel = "FILE",
      description = "Raw text; a blank line separates paragraphs.")
  private Path text;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      defaultValue = "en",
      description = "A model file or the name of a bundled model. Default: ${DEFAULT-VALUE}.")
  private List<Path> models;

  @Mixin private RoundsOptions options;

  /** Work on the whole text; returns the number of tokens. */
  private record Work(String name, String text, ToIntFunction<String> tokens)
      implements Contestant {
    @Override
    public void run() {
      tokens.applyAsInt(text);
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = System.out;
    String content = Files.readString(text);
    List<Work> works = new ArrayList<>();
    for (Path name : models) {
      TaggerModel model = BundledModel.readNamed(name).model();
      TextSegmenter segmenter = TextSegmenter.of(model);
      works.add(new Work(name + ", segmenter", content, t -> words(segmenter.segment(t))));
      works.add(tagTokens(name.toString(), model, content, segmenter));
      Annotator annotator = Annotator.of(new Tagger(model), segmenter);
      works.add(
          new Work(
              name + ", raw text to tags", content, t -> (int) annotator.annotate(t).tokenCount()));
    }
    works.add(openNlp(content));
    works.add(coreNlp(content));
    out.println(Machine.describe());
    report(works, content.length(), out);
    return 0;
  }

  private static int words(List<Sentence> sentences) {
    return sentences.stream().mapToInt(Sentence::size).sum();
  }

  private static Work tagTokens(
      String name, TaggerModel model, String content, TextSegmenter segmenter) {
    Tagger tagger = new Tagger(model);
    Document segmented = Annotator.of(tagger, segmenter).segment(Document.of(content));
    Annotator tokens = Annotator.ofTokens(tagger);
    return new Work(
        name + ", tokens to tags", content, t -> (int) tokens.annotate(segmented).tokenCount());
  }

  private static Work openNlp(String content) throws IOException {
    SentenceDetectorME detector;
    TokenizerME tokenizer;
    try (InputStream sentences = resource("sentence");
        InputStream tokens = resource("tokens")) {
      detector = new SentenceDetectorME(new SentenceModel(sentences));
      tokenizer = new TokenizerME(new TokenizerModel(tokens));
    }
    return new Work(
        "OpenNLP, detector and tokenizer",
        content,
        t -> {
          int count = 0;
          for (String sentence : detector.sentDetect(t)) {
            count += tokenizer.tokenizePos(sentence).length;
          }
          return count;
        });
  }

  /**
   * A model of OpenNLP's artifacts {@code opennlp-models-sentdetect-en} and {@code -tokenizer-en}.
   */
  private static InputStream resource(String kind) {
    String name = "/opennlp-en-ud-ewt-" + kind + "-1.3-2.5.4.bin";
    return Objects.requireNonNull(SegmentersCommand.class.getResourceAsStream(name), name);
  }

  private static Work coreNlp(String content) {
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize");
    StanfordCoreNLP pipeline = new StanfordCoreNLP(properties);
    return new Work(
        "CoreNLP, tokenize (with sentences)",
        content,
        t -> {
          Annotation annotation = new Annotation(t);
          pipeline.annotate(annotation);
          return annotation.get(CoreAnnotations.TokensAnnotation.class).size();
        });
  }

  private void report(List<Work> works, int characters, PrintStream out) {
    List<Timing> timings = options.rounds(ROUNDS).measure(works);
    Timing others = timings.get(timings.size() - 2);
    Table table = new Table("", "tokens", "tokens/s", "min", "max", "characters/s", "by OpenNLP");
    for (int i = 0; i < works.size(); i++) {
      Timing timing = timings.get(i);
      int tokens = works.get(i).tokens().applyAsInt(works.get(i).text());
      table.row(
          timing.name(),
          number(tokens),
          number(tokens / timing.cpu().median()),
          number(tokens / timing.cpu().max()),
          number(tokens / timing.cpu().min()),
          number(characters / timing.cpu().median()),
          String.format(Locale.ROOT, "%.2f", timing.cpu().ratios(others.cpu()).median()));
    }
    out.printf(
        Locale.ROOT,
        "%nRaw text of %,d characters, %d rounds%n%n%s%n",
        characters,
        options.rounds(ROUNDS).count(),
        table.text(options.markdown()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
