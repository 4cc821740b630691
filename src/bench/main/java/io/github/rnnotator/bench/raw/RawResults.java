package io.github.rnnotator.bench.raw;

import io.github.rnnotator.bench.measure.Sample;
import io.github.rnnotator.bench.measure.Table;
import io.github.rnnotator.bench.measure.Timing;
import io.github.rnnotator.report.SpeedPlot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a {@link RawContest} measured.
 *
 * @param words the number of gold words
 * @param sentences the number of gold sentences
 * @param scores of each pipeline, F1 in percent by metric
 * @param timings of each pipeline, for the whole text; the fastest CoreNLP and OpenNLP are the last
 * @param rounds the number of rounds
 */
public record RawResults(
    int words, int sentences, List<Map<String, Double>> scores, List<Timing> timings, int rounds) {
  private static final List<String> SCORES =
      List.of("Words", "Sentences", "UPOS", "XPOS", "UFeats", "Lemmas", "NER");

  /** Words are not shown: all are close to 100. */
  private static final List<String> PLOTTED = SCORES.subList(1, SCORES.size());

  /** Returns the table with its title. */
  public String table(boolean markdown) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "",
                "words/s",
                "min",
                "max",
                "by CoreNLP, fastest",
                "by OpenNLP",
                "words/s by the clock"));
    header.addAll(SCORES);
    Table table = new Table(header.toArray(String[]::new));
    Sample coreNlp = timings.get(timings.size() - 2).cpu();
    Sample openNlp = timings.get(timings.size() - 1).cpu();
    for (int i = 0; i < timings.size(); i++) {
      Timing timing = timings.get(i);
      List<String> row = new ArrayList<>();
      row.add(timing.name());
      row.add(number(words / timing.cpu().median()));
      row.add(number(words / timing.cpu().max()));
      row.add(number(words / timing.cpu().min()));
      row.add(decimals(timing.cpu().ratios(coreNlp).median()));
      row.add(decimals(timing.cpu().ratios(openNlp).median()));
      row.add(number(words / timing.wall().median()));
      for (String metric : SCORES) {
        Double score = scores.get(i).get(metric);
        row.add(score == null ? "" : decimals(score));
      }
      table.row(row.toArray(String[]::new));
    }
    return String.format(
        Locale.ROOT,
        "Raw text to sentences, tokens, tags, lemmas and names: %,d words in %,d sentences, %d rounds%n%n%s",
        words,
        sentences,
        rounds,
        table.text(markdown));
  }

  /** Draws the scores over the speed as SVG and leaves the stream open. */
  public void plot(OutputStream out) throws IOException {
    List<SpeedPlot.Program> programs = new ArrayList<>();
    for (int i = 0; i < timings.size(); i++) {
      String name = timings.get(i).name().replace("`", "");
      if (!name.endsWith("no cache")) {
        double speed = words / timings.get(i).cpu().median();
        programs.add(new SpeedPlot.Program(name, speed, scores.get(i)));
      }
    }
    SpeedPlot.write(out, "Raw text to all annotations, one thread", PLOTTED, programs);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
