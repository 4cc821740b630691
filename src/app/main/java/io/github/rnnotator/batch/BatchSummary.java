package io.github.rnnotator.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Map;

/**
 * The results of a run, with time and speed of the last process, since a run may be resumed.
 *
 * @param settings everything that the output depends on
 * @param totals totals of all processes
 * @param seconds duration of the last process
 * @param tokens tokens that it tagged
 * @param tokensPerSecond its speed
 * @param cpuSeconds its processor time since it began to read
 * @param stages the part of these spent on sentence splitting and tokenization, tagging and writing
 * @param threads the number of passages tagged in parallel
 * @param peakHeapBytes peak heap use
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
