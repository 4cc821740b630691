package io.github.rnnotator.train.source;

import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.GoldCheck;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.data.TypeMap;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sources of a training run: their mentions get the types of the model, and their chunk
 * tags a common scheme.
 *
 * @param tagger the configuration of the network
 * @param sources at least one
 */
public record SourceReader(TaggerConfig tagger, List<SourceConfig> sources) {
  /** Copies the list. */
  public SourceReader {
    sources = List.copyOf(sources);
  }

  /** The data of one source; without dev data it is only trained on. */
  private record Part(GoldCorpus train, @Nullable GoldCorpus dev) {}

  /**
   * Reads all sources. Without dev data in any of them, the last tenth of each is held out.
   *
   * @throws CorpusException if a file breaks its format, or a source lacks what it should have
   * @throws InputException if the configuration of a source is wrong
   */
  public Split read() throws IOException {
    Set<String> names = new HashSet<>();
    for (SourceConfig source : sources) {
      if (!names.add(source.label())) {
        throw new InputException(
            "train.sources: two sources are named '" + source.label() + "'; give each a name");
      }
    }
    List<Part> parts = new ArrayList<>();
    for (SourceConfig source : sources) {
      parts.add(read(source));
    }
    if (parts.stream().allMatch(part -> part.dev() == null)) {
      for (int i = 0; i < parts.size(); i++) {
        parts.set(i, heldOut(parts.get(i).train(), heads(sources.get(i))));
      }
    }
    List<GoldCorpus> train = parts.stream().map(Part::train).toList();
    List<GoldCorpus> dev = parts.stream().map(Part::dev).filter(Objects::nonNull).toList();
    requireHeads(train, "no source has the head '%s'; add it to the heads of one");
    requireHeads(dev, "no source with dev data has the head '%s'; add dev to one that has it");
    List<GoldCorpus> all = new ArrayList<>(train);
    all.addAll(dev);
    all = CommonScheme.of(all, chunkHeads());
    return new Split(
        GoldCorpus.of(all.subList(0, train.size())),
        GoldCorpus.of(all.subList(train.size(), all.size())));
  }

  private void requireHeads(List<GoldCorpus> corpora, String problem) throws InputException {
    for (String head : tagger.heads().keySet()) {
      if (corpora.stream().flatMap(c -> c.sentences().stream()).noneMatch(s -> s.has(head))) {
        throw new InputException("train.sources: " + problem.formatted(head));
      }
    }
  }

  private Part heldOut(GoldCorpus corpus, Map<String, String> heads) throws IOException {
    if (corpus.size() == 1) {
      throw new InputException(
          corpus.source() + ": too little to hold some out; give a source dev data");
    }
    Split split = Split.holdOut(corpus);
    split
        .dev()
        .requireGold(check(heads, true), "the part held out as dev data", "give a source dev data");
    split.train().requireGold(check(heads, false), "all but the part held out", "give it dev data");
    return new Part(split.train(), split.dev());
  }

  private Part read(SourceConfig source) throws IOException {
    GoldCorpus train = read(source, source.path());
    Path dev = source.devPath();
    return new Part(train, dev == null ? null : read(source, dev));
  }

  private GoldCorpus read(SourceConfig source, Path file) throws IOException {
    SentenceSource format = format(source);
    Map<String, HeadConfig> own = new LinkedHashMap<>(tagger.heads());
    own.keySet().retainAll(format.heads().keySet());
    GoldCorpus corpus = GoldCorpus.read(format, file, own);
    if (source.types() != null) {
      corpus = mapped(corpus, TypeMap.of(source.types()));
    }
    if (source.annotates() != null) {
      requireAnnotated(corpus, source.annotates());
    }
    Map<String, String> columns = new LinkedHashMap<>(format.heads());
    if (source.heads() == null) {
      Set<String> lacking = headsOfOthers(corpus, columns);
      columns.keySet().removeAll(lacking);
      corpus = corpus.map(sentence -> without(lacking, sentence));
    }
    corpus.requireGold(check(columns, false), "", GoldCheck.LEAVE_OUT);
    return corpus.withSource(source.source());
  }

  /**
   * Returns the heads for which a corpus has no gold, but another source that names them: there
   * they are unknown, and not {@code O} in all of it.
   */
  private Set<String> headsOfOthers(GoldCorpus corpus, Map<String, String> columns) {
    GoldCheck check = check(columns, false);
    corpus.sentences().forEach(check::add);
    Set<String> lacking = check.lacking();
    lacking.removeIf(
        head -> sources.stream().noneMatch(s -> s.heads() != null && s.heads().containsKey(head)));
    return lacking;
  }

  private static TaggedSentence without(Set<String> heads, TaggedSentence sentence) {
    if (Collections.disjoint(heads, sentence.tags().keySet())) {
      return sentence;
    }
    Map<String, TagSequence> tags = new LinkedHashMap<>(sentence.tags());
    tags.keySet().removeAll(heads);
    return sentence.with(tags);
  }

  private SentenceSource format(SourceConfig source) throws InputException {
    InputConfig input = tagger.input();
    List<String> columns = source.columns();
    Map<String, String> heads = heads(source);
    for (String head : heads.keySet()) {
      if (!tagger.heads().containsKey(head)) {
        throw new InputException(
            place(source) + "no head '" + head + "', only " + tagger.heads().keySet());
      }
    }
    if (heads.isEmpty()) {
      throw new InputException(
          place(source) + "no column for a head; name one in heads, as in heads: {ner: ner}");
    }
    input =
        input
            .format(formatName(source))
            .columns(columns == null ? input.columns() : columns)
            .comments(source.comments() == null ? input.comments() : source.comments())
            .heads(heads);
    if (input.format().equals(InputConfig.LABELLED) != tagger.labelsTexts()) {
      throw new InputException(
          place(source)
              + "format "
              + input.format()
              + ", but the heads are for "
              + (tagger.labelsTexts() ? "whole texts, expected labelled" : "tokens of sentences"));
    }
    if ((source.types() != null || source.annotates() != null)
        && heads.keySet().stream().noneMatch(chunkHeads()::contains)) {
      throw new InputException(
          place(source) + "types and annotates are for heads with a scheme, and it has none");
    }
    try {
      return Formats.of(input, tagger.embed());
    } catch (InputException e) {
      throw new InputException(place(source) + e.getMessage());
    }
  }

  private static String place(SourceConfig source) {
    return "train.sources, " + source.label() + ": ";
  }

  private String formatName(SourceConfig source) {
    if (source.format() != null) {
      return source.format();
    }
    String own = tagger.input().format();
    return source.columns() != null && own.equals("conllu") ? "columns" : own;
  }

  /** Returns the columns of the heads that a source has. */
  private Map<String, String> heads(SourceConfig source) throws InputException {
    if (source.heads() != null) {
      return source.heads();
    }
    InputConfig input = tagger.input();
    Map<String, String> heads = new LinkedHashMap<>(input.heads());
    heads.keySet().retainAll(tagger.heads().keySet());
    String format = formatName(source);
    if (source.columns() == null && format.equals(input.format())) {
      return heads;
    }
    List<String> columns = source.columns();
    return Formats.columnsOf(
        format, columns == null ? input : input.columns(columns), heads.keySet());
  }

  private GoldCheck check(Map<String, String> columns, boolean outsideIsGold) {
    Map<String, Measure> measures = HeadMeasures.of(tagger);
    measures.keySet().retainAll(columns.keySet());
    return new GoldCheck(measures, columns, outsideIsGold);
  }

  /** Returns the heads with chunk tags. */
  private Set<String> chunkHeads() {
    Set<String> heads = new HashSet<>();
    tagger
        .heads()
        .forEach(
            (name, head) -> {
              if (head.scheme() != null) {
                heads.add(name);
              }
            });
    return heads;
  }

  private GoldCorpus mapped(GoldCorpus corpus, TypeMap types) throws CorpusException {
    List<List<TaggedSentence>> documents = new ArrayList<>();
    for (List<TaggedSentence> document : corpus.documents()) {
      List<TaggedSentence> sentences = new ArrayList<>();
      for (TaggedSentence sentence : document) {
        sentences.add(types.apply(sentence, chunkHeads()));
      }
      documents.add(sentences);
    }
    return new GoldCorpus(documents);
  }

  private void requireAnnotated(GoldCorpus corpus, Set<String> annotates) throws CorpusException {
    for (TaggedSentence sentence : corpus.sentences()) {
      for (String head : chunkHeads()) {
        TagSequence tags = sentence.tags().get(head);
        for (int i = 0; tags != null && i < tags.size(); i++) {
          String type = TagScheme.typeOf(tags.tag(i)).orElse(null);
          if (type != null && !annotates.contains(type)) {
            throw new CorpusException(
                sentence.origin().file(),
                sentence.origin().line(i),
                "'%s' has a type that its source does not annotate; add %s to annotates %s, or drop"
                        .formatted(tags.tag(i), type, annotates)
                    + " it in types");
          }
        }
      }
    }
  }
}
