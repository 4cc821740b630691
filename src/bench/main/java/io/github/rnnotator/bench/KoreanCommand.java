package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openkoreantext.processor.KoreanTokenJava;
import org.openkoreantext.processor.OpenKoreanTextProcessorJava;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code korean}: tags and morphemes of Korean words, by ours, by OpenNLP and by open-korean-text.
 */
@Command(
    name = "korean",
    description = {
      "The words of a CoNLL-U file with morphemes (lemma 정부+는, XPOS NNG+JX), by a model and by"
          + " OpenNLP's tagger and lemmatizer, trained on --train: accuracy of UPOS, XPOS and lemmas."
          + " Their nouns and particles also by open-korean-text, whose other tags can't be compared:"
          + " precision, recall and F1 of (word, form, noun or particle)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  scripts/benchmark korean -m ko --train train.conllu dev.conllu"})
final class KoreanCommand implements Callable<Integer> {
  private static final String NOUN = "noun";
  private static final String PARTICLE = "particle";

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      defaultValue = "ko",
      description = "A model file or the name of a bundled model. Default: ${DEFAULT-VALUE}.")
  private Path model;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "The training data of OpenNLP. Default: without OpenNLP.")
  private @Nullable Path train;

  @Parameters(paramLabel = "GOLD", description = "A CoNLL-U file.")
  private Path gold;

  /** A morpheme of a word that can be compared. */
  private record Part(int word, String form, String kind) {}

  /** What one side found, and how much of it is right. */
  private static final class Tally {
    private long found;
    private long gold;
    private long both;

    void add(List<Part> golds, List<Part> predicted) {
      Map<Part, Integer> left = new HashMap<>();
      golds.forEach(part -> left.merge(part, 1, Integer::sum));
      gold += golds.size();
      found += predicted.size();
      for (Part part : predicted) {
        if (left.getOrDefault(part, 0) > 0) {
          left.merge(part, -1, Integer::sum);
          both++;
        }
      }
    }

    String precision() {
      return percent(both, found);
    }

    String recall() {
      return percent(both, gold);
    }

    String f1() {
      return percent(2 * both, found + gold);
    }

    private static String percent(long part, long all) {
      return String.format(Locale.ROOT, "%.2f", all == 0 ? 0 : 100.0 * part / all);
    }
  }

  @Override
  public Integer call() throws IOException {
    List<TaggedSentence> golds = read(gold);
    List<Sentence> sentences = golds.stream().map(TaggedSentence::sentence).toList();
    Table table = new Table("", "UPOS", "XPOS", "lemmas", "precision", "recall", "F1");
    Tagger tagger = new Tagger(BundledModel.readNamed(model).model());
    table.row(row(model.toString(), golds, tagger.tag(sentences)));
    if (train != null) {
      OpenNlpMorphemes openNlp = OpenNlpMorphemes.train(read(train));
      table.row(row("OpenNLP", golds, sentences.stream().map(openNlp::tag).toList()));
    }
    Tally theirs = new Tally();
    golds.forEach(sentence -> theirs.add(parts(sentence), openKoreanText(sentence)));
    table.row("open-korean-text", "", "", "", theirs.precision(), theirs.recall(), theirs.f1());
    System.out.println(table.text(false));
    return 0;
  }

  private static List<TaggedSentence> read(Path file) throws IOException {
    Map<String, String> columns = Map.of("upos", "upos", "xpos", "xpos", "lemma", "lemma");
    return new CorpusFormat.Conllu(columns).read(file);
  }

  private static String[] row(
      String name, List<TaggedSentence> golds, List<TaggedSentence> predicted) {
    Tally morphemes = new Tally();
    for (int i = 0; i < golds.size(); i++) {
      morphemes.add(parts(golds.get(i)), parts(predicted.get(i)));
    }
    return new String[] {
      name,
      accuracy("upos", golds, predicted),
      accuracy("xpos", golds, predicted),
      accuracy("lemma", golds, predicted),
      morphemes.precision(),
      morphemes.recall(),
      morphemes.f1()
    };
  }

  private static String accuracy(
      String head, List<TaggedSentence> golds, List<TaggedSentence> predicted) {
    long right = 0;
    long all = 0;
    for (int i = 0; i < golds.size(); i++) {
      TagSequence tags = golds.get(i).tags(head);
      for (int t = 0; t < tags.size(); t++) {
        if (tags.has(t)) {
          all++;
          right += tags.tag(t).equals(predicted.get(i).tags(head).tag(t)) ? 1 : 0;
        }
      }
    }
    return Tally.percent(right, all);
  }

  private static List<Part> parts(TaggedSentence sentence) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sentence.size(); i++) {
      String[] forms = sentence.tags("lemma").tag(i).split("\\+");
      String[] tags = sentence.tags("xpos").tag(i).split("\\+");
      for (int m = 0; m < Math.min(forms.length, tags.length); m++) {
        String kind = kind(tags[m]);
        if (!kind.isEmpty()) {
          parts.add(new Part(i, forms[m], kind));
        }
      }
    }
    return parts;
  }

  private static String kind(String tag) {
    return tag.startsWith("N") ? NOUN : tag.startsWith("J") ? PARTICLE : "";
  }

  private static List<Part> openKoreanText(TaggedSentence sentence) {
    String text = Document.ofTokens("", true, "", List.of(sentence)).withText().text();
    List<Token> words =
        Document.ofTokens("", true, "", List.of(sentence))
            .withText()
            .sentences()
            .get(0)
            .sentence()
            .tokens();
    List<Part> parts = new ArrayList<>();
    for (KoreanTokenJava token :
        OpenKoreanTextProcessorJava.tokensToJavaKoreanTokenList(
            OpenKoreanTextProcessorJava.tokenize(text))) {
      String kind =
          switch (token.getPos().toString()) {
            case "Noun", "ProperNoun" -> NOUN;
            case "Josa" -> PARTICLE;
            default -> "";
          };
      for (int i = 0; i < words.size() && !kind.isEmpty(); i++) {
        if (words.get(i).begin() <= token.getOffset() && token.getOffset() < words.get(i).end()) {
          parts.add(new Part(i, token.getText(), kind));
        }
      }
    }
    return parts;
  }
}
