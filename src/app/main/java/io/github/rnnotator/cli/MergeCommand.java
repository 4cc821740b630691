package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.SentenceWriter;
import io.github.rnnotator.formats.SourceLines;
import io.github.rnnotator.formats.TagMerge;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rnnotator merge}: merges the tags of one file into another of the same sentences. */
@Command(
    name = "merge",
    description = {
      "Merges the tags of one file into a CoNLL-U file of the same sentences, to train one network"
          + " on all of them.",
      "Sentences are paired by their # sent_id comments, or in order if not all have one. Chunk"
          + " tags (written as IOB2) are projected if the tokens differ. A sentence without counterpart"
          + " gets _ at every word, and training skips it for this head."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  rnnotator merge --into train.conllu --from train.iob2 --head ner --columns id,form,ner"
          + " -o joint.conllu"
    })
final class MergeCommand implements Callable<Integer> {
  /** The number of sentences listed in messages. */
  private static final int NAMED = 5;

  private static final int CONLLU_COLUMNS = 10;

  /** CoNLL-U columns where {@code _} is a value, so that missing tags can't be marked. */
  private static final List<String> NEVER_MISSING = List.of("lemma", "feats", "deprel");

  @Spec private CommandSpec spec;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "BASE.conllu",
      description = "The file to merge into; the rest of it is kept.")
  private Path into;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "OTHER",
      description = "The file with the tags: CoNLL-U, or columns.")
  private Path from;

  @Option(
      names = "--head",
      required = true,
      paramLabel = "NAME",
      description =
          "What to merge: upos, xpos, or a name like ner, which is NER=... in the column MISC.")
  private String head;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      hideParamSyntax = true,
      description =
          "Names of OTHER's columns: id,form,ner, with _ for each to ignore. Lines that begin"
              + " with # before a sentence are comments. Default: OTHER is CoNLL-U.")
  private @Nullable List<String> columns;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT.conllu",
      description = "The file to write; it may be BASE.conllu, but not OTHER.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    // BASE may be replaced, since it is then in memory and only its tags change.
    new FileRoles().reads(from).writes(output);
    String column = column();
    CorpusFormat format = format(column);
    TagMerge merge =
        TagMerge.of(head, new CorpusFormat.Conllu(Map.of()).read(into), format.read(from));
    if (merge.untagged().size() == merge.sentences().size()) {
      throw new InputException(
          from
              + ": no sentence has tags of head '"
              + head
              + "' for one of "
              + into
              + "; do both have the same text?");
    }
    try (AtomicOutput file = AtomicOutput.to(output)) {
      try (SentenceWriter writer =
          new CorpusFormat.Conllu(Map.of(head, column)).writer(file.stream())) {
        for (TaggedSentence sentence : merge.sentences()) {
          writer.write(sentence);
        }
      }
      file.commit();
    }
    report(merge);
    return 0;
  }

  private String column() throws InputException {
    if (NEVER_MISSING.contains(head) || head.indexOf(':') >= 0) {
      throw new InputException(
          "--head " + head + ": expected upos, xpos, or a name like ner for NER=... in MISC");
    }
    try {
      return CorpusFormat.Conllu.column(head);
    } catch (IllegalArgumentException e) {
      throw new InputException("--head: " + e.getMessage());
    }
  }

  private CorpusFormat format(String column) throws IOException {
    if (columns == null) {
      int found = CorpusFormat.Columns.count(from, true);
      if (found != CONLLU_COLUMNS) {
        throw new InputException(
            from
                + ": a first row of "
                + found
                + (found == 1 ? " column" : " columns")
                + ", expected the 10 of CoNLL-U; name others with --columns, as in id,form,"
                + head);
      }
      return new CorpusFormat.Conllu(Map.of(head, column));
    }
    try {
      return new CorpusFormat.Columns(columns, Map.of(head, head), true);
    } catch (IllegalArgumentException e) {
      throw new InputException("--columns: " + e.getMessage());
    }
  }

  private void report(TagMerge merge) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "%,d %s: %,d with the same tokens, %,d projected, %,d without tags%s%n",
        merge.sentences().size(),
        merge.sentences().size() == 1 ? "sentence" : "sentences",
        merge.same(),
        merge.projected(),
        merge.untagged().size(),
        names(merge.untagged()));
    if (!merge.unused().isEmpty()) {
      err.printf(
          Locale.ROOT,
          "%,d %s of %s not in %s%s%n",
          merge.unused().size(),
          merge.unused().size() == 1 ? "sentence" : "sentences",
          from,
          into,
          names(merge.unused()));
    }
  }

  private static String names(List<TaggedSentence> sentences) {
    if (sentences.isEmpty()) {
      return "";
    }
    return sentences.stream()
        .limit(NAMED)
        .map(sentence -> SourceLines.of(sentence).id().orElse("line " + sentence.origin().line()))
        .collect(Collectors.joining(", ", " (", sentences.size() > NAMED ? ", ...)" : ")"));
  }
}
