package io.github.rnnotator.keras;

import io.github.rnnotator.nn.*;
import java.nio.file.*;
import java.util.*;

/** Learns which messages are spam from lines {@code LABEL TAB TEXT}, and scores the last fifth. */
class SpamClassifier {
  public static void main(String[] files) throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(files[0])));
    Collections.shuffle(lines, new Random(1));
    List<String> texts = lines.stream().map(line -> line.split("\t", 2)[1]).toList();
    int[] y = lines.stream().mapToInt(line -> line.startsWith("spam") ? 1 : 0).toArray();
    int split = y.length * 4 / 5;
    TextSequences words = TextSequences.fit(texts.subList(0, split), 4000);
    int[][] x = words.sequences(texts);

    SequentialModel model =
        SequentialModel.of(
            Input.ids(),
            1,
            new Embedding(words.size(), 32),
            new Bidirectional(new Lstm(32).returnSequences(true)),
            new GlobalMaxPooling(),
            new Dense(1, Activation.SIGMOID));
    System.out.println(model.summary());
    FitConfig config =
        FitConfig.defaults().rate(0.002f).epochs(8).validationSplit(0.1f).patience(2);
    model.fit(
        Arrays.copyOf(x, split),
        Arrays.copyOf(y, split),
        config.callback(Callback.lines(System.out::println)));

    int[][] xTest = Arrays.copyOfRange(x, split, x.length);
    Metrics test = model.evaluate(xTest, Arrays.copyOfRange(y, split, y.length));
    System.out.printf("%s - F1 of spam: %.4f%n", test, test.f1(1));
  }
}
