package io.github.rnnotator.bench.raw;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.formats.ConlluText;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw text of a CoNLL-U file, as {@code eval --raw} builds it, and its gold tags.
 *
 * @param sentences with the heads of {@link #MEASURES}
 * @param documents the paragraphs of each document
 */
record GoldText(List<TaggedSentence> sentences, List<List<String>> documents) {
  /** The head of names. */
  static final String NAMES = "ner";

  /** The measure of each head that is compared. */
  static final Map<String, Measure> MEASURES = measures();

  private static Map<String, Measure> measures() {
    Map<String, Measure> measures = new LinkedHashMap<>();
    measures.put("upos", Measure.ACCURACY);
    measures.put("xpos", Measure.ACCURACY);
    measures.put("feats", Measure.FEATS);
    measures.put("lemma", Measure.LEMMA);
    measures.put(NAMES, Measure.F1);
    return measures;
  }

  /** Reads the gold sentences of each document; names are {@code NER=B-PER} in MISC. */
  static List<List<TaggedSentence>> documents(Path file) throws IOException {
    Map<String, String> columns = new LinkedHashMap<>();
    MEASURES.keySet().forEach(head -> columns.put(head, head));
    columns.put(NAMES, "misc:NER");
    return new CorpusFormat.Conllu(columns).readDocuments(file);
  }

  static GoldText read(Path file) throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    List<List<String>> paragraphs = new ArrayList<>();
    for (List<TaggedSentence> document : documents(file)) {
      sentences.addAll(document);
      paragraphs.add(paragraphs(document));
    }
    return new GoldText(sentences, paragraphs);
  }

  private static List<String> paragraphs(List<TaggedSentence> document) throws IOException {
    List<String> paragraphs = new ArrayList<>();
    try (ConlluText text = new ConlluText(SentenceReader.of(document))) {
      Optional<String> next = text.nextParagraph();
      while (next.isPresent()) {
        paragraphs.add(next.get());
        next = text.nextParagraph();
      }
    }
    return paragraphs;
  }

  /** The number of gold words. */
  int words() {
    return sentences.stream().mapToInt(TaggedSentence::size).sum();
  }

  /** The text of each document, with a blank line between paragraphs. */
  List<String> texts() {
    return documents.stream().map(paragraphs -> String.join("\n\n", paragraphs)).toList();
  }
}
