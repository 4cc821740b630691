package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial of {@code docs/training.md}, with its whole training, ends with the tags it shows.
 */
class TutorialTest {
  @TempDir Path folder;

  @Test
  void theLastCommandPrintsWhatThePageShows() throws IOException {
    Markdown page = Markdown.read("docs/training.md");
    Files.writeString(folder.resolve("mine.yaml"), page.block("columns: [form, ner], heads"));
    Files.writeString(folder.resolve("mine.conll"), page.block("Petra B-PER"));
    String printed = "";
    for (String line : page.block("train -c mine.yaml").lines().toList()) {
      ShellLine command = ShellLine.parse(line);
      List<String> arguments = new ArrayList<>();
      for (String argument : command.arguments()) {
        arguments.add(
            argument.startsWith("mine.") ? folder.resolve(argument).toString() : argument);
      }
      CommandLineRun.Outcome outcome = CommandLineRun.runWith(command.input(), arguments.toArray());
      assertThat(outcome.status()).as(line + ": " + outcome.err()).isZero();
      printed = outcome.out();
    }
    assertThat(printed).isEqualTo(page.block("PER] lives in")).contains("[New York LOC]");
  }
}
