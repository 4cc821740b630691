package io.github.rnnotator.cli;

import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.formats.TextWriter;
import io.github.rnnotator.render.HtmlFormat;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.TaggerModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Creates output formats by name. */
final class OutputFormats {
  private OutputFormats() {}

  /**
   * Returns the format with this name.
   *
   * @param in the input's format: columns are written back as read
   * @param input the layout of the input
   */
  static OutputFormat of(String name, String in, InputConfig input, TaggerModel model)
      throws InputException {
    List<String> heads = List.copyOf(model.labels().keySet());
    switch (name) {
      case "text":
        return OutputFormat.ofSentences(
            "txt", out -> new TextWriter(out, model.schemes(), features(model)));
      case "jsonl":
        return OutputFormat.jsonl(model.schemes());
      case "brat":
        return OutputFormat.brat(heads, model.schemes());
      case "webanno":
        return OutputFormat.webAnno(heads, model.schemes());
      case "html":
        return new HtmlFormat(model.kinds(), model.schemes());
      case "conllu":
        try {
          return OutputFormat.conllu(
              new CorpusFormat.Conllu(Formats.columnsOf("conllu", model.config().input(), heads)));
        } catch (IllegalArgumentException e) {
          throw new InputException("--out conllu: " + e.getMessage());
        }
      case "columns":
        CorpusFormat columns =
            in.equals("columns")
                ? Formats.of("columns", input, Formats.columnsOf("columns", input, heads))
                : new CorpusFormat.Columns(formAndHeads(model), identity(model));
        return OutputFormat.ofSentences("conll", columns::writer);
      default:
        throw new InputException(
            "--out " + name + ": expected text, columns, conllu, jsonl, brat, webanno or html");
    }
  }

  private static Set<String> features(TaggerModel model) {
    return model.config().heads().entrySet().stream()
        .filter(head -> head.getValue().kind() == HeadConfig.Kind.FEATS)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<String> formAndHeads(TaggerModel model) {
    List<String> columns = new ArrayList<>(List.of("form"));
    columns.addAll(model.labels().keySet());
    return columns;
  }

  private static Map<String, String> identity(TaggerModel model) {
    Map<String, String> heads = new LinkedHashMap<>();
    model.labels().keySet().forEach(head -> heads.put(head, head));
    return heads;
  }
}
