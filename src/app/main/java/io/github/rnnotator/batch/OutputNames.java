package io.github.rnnotator.batch;

import io.github.rnnotator.io.Compression;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names outputs: an input's name with the extensions of its format and compression replaced.
 *
 * @param extensions the extensions of the outputs without a dot
 * @param compression their compression
 */
record OutputNames(List<String> extensions, Compression compression) {
  private static final Set<String> FORMATS =
      Set.of("txt", "text", "jsonl", "ndjson", "json", "conllu", "conll", "tsv");

  List<String> of(String input) {
    String name = input.substring(0, input.length() - Compression.ofName(input).suffix().length());
    int dot = name.lastIndexOf('.');
    boolean known =
        dot > name.lastIndexOf('/') + 1
            && FORMATS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    String stem = known ? name.substring(0, dot) : name;
    return extensions.stream()
        .map(extension -> stem + "." + extension + compression.suffix())
        .toList();
  }
}
