package io.github.rnnotator.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Map;

/**
 * What a run did; the last run's seconds and speed are apart, since a run may be resumed.
 *
 * @param settings what the output depends on
 * @param totals what was done, over all runs
 * @param seconds how long the last run took
 * @param tokens how many tokens it tagged
 * @param tokensPerSecond its speed
 * @param cpuSeconds the processor time of its whole process since it began to read
 * @param stages of these the seconds in finding sentences and tokens, tagging and writing
 * @param threads how many passages were tagged side by side
 * @param peakHeapBytes the most that was used of the heap
 */
public record BatchSummary(
    Map<String, String> settings,
    Totals totals,
    double seconds,
    long tokens,
    double tokensPerSecond,
    double cpuSeconds,
    Map<String, Double> stages,
    int threads,
    long peakHeapBytes) {
  static final String NAME = "_summary.json";

  void write(OutputFolder folder) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    folder.replace(NAME, json.writeValueAsBytes(this));
  }
}
