package io.github.rnnotator.cli;

import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.TaggerModel;
import picocli.CommandLine.Option;

/** Options for reading raw text to be segmented. */
final class RawTextOptions {
  @Option(
      names = "--text-field",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "The field of --in jsonl that holds the text. Default: ${DEFAULT-VALUE}.")
  private String textField;

  @Option(
      names = "--id-field",
      paramLabel = "NAME",
      defaultValue = "id",
      description = "The field of --in jsonl that names the document. Default: ${DEFAULT-VALUE}.")
  private String idField;

  @Option(
      names = "--lines",
      description =
          "Treat every line as its own sentence, apart from its neighbours. tag writes it as soon as it"
              + " is read.")
  private boolean lines;

  /** The field of JSONL that holds the text. */
  String textField() {
    return textField;
  }

  /** The field of JSONL that names the document. */
  String idField() {
    return idField;
  }

  /** Whether every line is a sentence. */
  boolean lines() {
    return lines;
  }

  /** The segmenter of a model. */
  TextSegmenter segmenter(TaggerModel model) {
    return TextSegmenter.of(model).with(lines ? LineBreaks.END_SENTENCE : LineBreaks.WRAP);
  }

  /** One document per line of JSONL. */
  DocumentFormat jsonLines(TextSegmenter segmenter) {
    return new DocumentFormat.JsonLines(textField, idField, segmenter::cut, DocumentFormat.LONGEST);
  }
}
