package io.github.rnnotator.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.pairs.PairReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An {@link EvaluationReport} as JSON: its components are the keys, and what is null is left out.
 * {@code docs/evaluation.schema.json} is its schema.
 */
public final class JsonReport {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private JsonReport() {}

  /** Writes a report as UTF-8 and a final newline; the stream stays open. */
  public static void write(EvaluationReport report, OutputStream out) throws IOException {
    writeRecord(report, out);
  }

  /** Writes a report of pairs likewise; its schema is {@code docs/pair-evaluation.schema.json}. */
  public static void write(PairReport report, OutputStream out) throws IOException {
    writeRecord(report, out);
  }

  private static void writeRecord(Record report, OutputStream out) throws IOException {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    out.write(MAPPER.writer(printer).writeValueAsBytes(report));
    out.write("\n".getBytes(StandardCharsets.UTF_8));
  }
}
