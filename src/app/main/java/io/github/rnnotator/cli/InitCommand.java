package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.survey.Draft;
import io.github.rnnotator.io.AtomicOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator init}: looks at a corpus file and writes a configuration to start from. */
@Command(
    name = "init",
    description = {
      "Looks at a training file (CoNLL-U, columns, texts with labels, or pairs of texts), says what"
          + " it holds and what is odd, and writes a configuration with comments that trains without"
          + " an edit.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  rnnotator init train.conll -o mine.yaml"})
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The training file.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "CONFIG.yaml",
      description =
          "The configuration to write; it must not exist. Default: the file's name with .yaml, in the"
              + " current folder.")
  private @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    Path target = output == null ? Path.of(plainName() + ".yaml") : output;
    if (Files.exists(target)) {
      throw new InputException(target + " exists; name another file with -o, or delete it");
    }
    new FileRoles().reads(file).writes(target);
    Draft draft = Draft.of(file);
    try (AtomicOutput written = AtomicOutput.to(target)) {
      written.stream().write(draft.yaml(target).getBytes(StandardCharsets.UTF_8));
      written.commit();
    }
    draft.report().forEach(spec.commandLine().getOut()::println);
    spec.commandLine()
        .getOut()
        .println(
            "wrote "
                + target
                + "; next: rnnotator train -c "
                + target
                + " --train "
                + file
                + " -o MODEL");
    return 0;
  }

  /** The name of the file without folder and extensions. */
  private String plainName() {
    return String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\..*$", "");
  }
}
