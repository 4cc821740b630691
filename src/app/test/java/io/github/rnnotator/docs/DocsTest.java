package io.github.rnnotator.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun;
import io.github.rnnotator.cli.ConfigReading;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.train.Recipe;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documentation is right: commands run, options, links and files exist, configurations are
 * valid, and quoted code is in its source.
 */
class DocsTest {
  /** The ways in which a command of ours begins. */
  private static final Set<String> OURS = Set.of("scripts/rnnotator", "./rnnotator", "rnnotator");

  /** The beginnings of commands that are not run here, and why. */
  private static final Map<String, String> NOT_RUN = notRun();

  private static Map<String, String> notRun() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("scripts/rnnotator serve", "runs until it is stopped; ServeCommandTest");
    reasons.put("rnnotator tag corpora\\sample", "Windows");
    reasons.put("curl ", "asks a server; TagServerTest, AdapterDocsTest");
    reasons.put(
        "java ",
        "a program of its own; AdapterDocsTest, JavaSnippetsTest, LuceneDocsTest, UimaDocsTest");
    reasons.put("mvn ", "the build");
    reasons.put("scripts/benchmark ", "takes minutes");
    reasons.put("RNNOTATOR_JAVA_OPTS=-Xmx256m scripts/benchmark", "takes minutes");
    reasons.put("scripts/fuzz ", "takes minutes, and downloads Jazzer");
    reasons.put("scripts/fetch-vectors ", "downloads");
    reasons.put("scripts/fetch-lexicon ", "downloads");
    reasons.put("scripts/train-bundled ", "takes hours");
    reasons.put("scripts/check-javadoc", "a build of its own");
    reasons.put("spark-submit ", "needs Spark");
    reasons.put("cp target/fuzz", "keeps what fuzzing has found");
    return reasons;
  }

  @TempDir static Path folder;

  private static List<Markdown> pages;

  @BeforeAll
  static void read() throws IOException {
    pages = Markdown.pages();
  }

  // ---- Commands --------------------------------------------------------------------------------

  /** A synopsis, such as {@code train [--dev FILE]}, is not a command to run. */
  private static boolean isSynopsis(String command) {
    return command.contains("[") || command.contains("...");
  }

  @Test
  void everyCommandRuns() throws Exception {
    DocsFolder docs = DocsFolder.create(folder);
    Map<String, Path> commands = new LinkedHashMap<>();
    Set<String> reasons = new TreeSet<>();
    for (Markdown page : pages) {
      for (String command : page.commands()) {
        List<String> notRun = NOT_RUN.keySet().stream().filter(command::startsWith).toList();
        reasons.addAll(notRun);
        if (notRun.isEmpty() && !isSynopsis(command)) {
          assertThat(OURS)
              .as(page.file() + ": " + command + ": run it here, or say why not in NOT_RUN")
              .contains(ShellLine.parse(command).program());
          commands.putIfAbsent(command.replaceFirst("^\\$ ", ""), page.file());
        }
      }
    }
    assertThat(reasons).as("what is not run is still there").isEqualTo(NOT_RUN.keySet());
    assertThat(commands).hasSizeGreaterThan(30);

    Files.write(folder.resolve("commands"), commands.keySet());
    new Command(
            "java --add-modules jdk.incubator.vector -Xmx1g -cp \"$CP\" "
                + DocsCommands.class.getName()
                + " commands report",
            String.join(
                File.pathSeparator,
                docs.bundled().toString(),
                Path.of("target/rnnotator-app/test-classes").toAbsolutePath().toString(),
                Command.classpath(entry -> true)),
            folder)
        .run();
    List<String> report = Files.readAllLines(folder.resolve("report"));
    assertThat(report).hasSameSizeAs(commands.keySet());
    List<String> failures = new ArrayList<>();
    int at = 0;
    for (Map.Entry<String, Path> command : commands.entrySet()) {
      String outcome = report.get(at++);
      if (!outcome.equals("0")) {
        failures.add(command.getValue() + ": " + command.getKey() + ": " + outcome);
      }
    }
    assertThat(failures).isEmpty();
  }

  // ---- Options ---------------------------------------------------------------------------------

  private static final Pattern OPTION =
      Pattern.compile("(?<![\\w-])(?:--[a-z][\\w-]*|-[a-zA-Z]\\b)");

  /** Options in code, in blocks and in lines. */
  @Test
  void everyOptionThatIsNamedExists() throws IOException {
    Map<String, Set<String>> options = new HashMap<>();
    Set<String> all = new TreeSet<>(othersOptions());
    for (String command : commandNames()) {
      Set<String> known = options(help(command));
      assertThat(known).as(command).contains("--help");
      options.put(command, known);
      all.addAll(known);
    }
    List<String> unknown = new ArrayList<>();
    int checked = 0;
    for (Markdown page : pages) {
      for (String code : code(page)) {
        ShellLine line = ShellLine.parse(code.replaceAll("[\\[\\]]", " ").replace("...", " "));
        boolean ours = OURS.contains(line.program()) && line.words().size() > 1;
        Set<String> known =
            ours ? options.getOrDefault(line.words().get(1), Set.of("--help", "--version")) : all;
        if (!ours && !code.startsWith("-")) {
          continue;
        }
        for (String word : ours ? line.arguments() : List.of(code.split("[ =]"))) {
          if (OPTION.matcher(word).matches()) {
            checked++;
            if (!known.contains(word)) {
              unknown.add(page.file() + ": " + code + ": " + word);
            }
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(checked).isGreaterThan(100);
  }

  @Test
  void everyCommandIsInTheReadmeAndEveryCommandThatIsNamedExists() throws IOException {
    Set<String> names = new TreeSet<>(commandNames());
    for (Markdown page : pages) {
      for (String code : code(page)) {
        ShellLine line = ShellLine.parse(code);
        if (OURS.contains(line.program()) && line.words().size() > 1) {
          String name = line.words().get(1);
          if (!name.startsWith("-") && !name.equals("COMMAND")) {
            assertThat(names).as(page.file() + ": " + code).contains(name);
          }
        }
      }
    }
    for (String readme : List.of("README.md", "README.ko.md")) {
      String text = Files.readString(Path.of(readme));
      assertThat(names).as(readme).allSatisfy(name -> assertThat(text).contains(name));
    }
  }

  /** Options of the JVM, of Maven and of our scripts. */
  private static Set<String> othersOptions() throws IOException {
    Set<String> options = new TreeSet<>(Set.of("--add-modules", "--add-opens"));
    for (String folder : List.of("scripts", "src/bench/main/java", "src/uima/main/java")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          options.addAll(options(Files.readString(file)));
        }
      }
    }
    return options;
  }

  private static Set<String> options(String text) {
    return OPTION.matcher(text).results().map(r -> r.group()).collect(toCollection(TreeSet::new));
  }

  private static String help(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--help");
    CommandLineRun.Outcome outcome = CommandLineRun.run(words.toArray());
    return outcome.out() + outcome.err();
  }

  private static List<String> commandNames() {
    String list = help().split("Commands:")[1];
    return Pattern.compile("(?m)^  ([a-z][a-z-]*) ")
        .matcher(list)
        .results()
        .map(r -> r.group(1))
        .filter(name -> !name.equals("help"))
        .toList();
  }

  /** Code spans, and the commands of blocks. */
  private static List<String> code(Markdown page) throws IOException {
    List<String> code = new ArrayList<>(page.commands());
    Matcher spans = Pattern.compile("`([^`\n]+)`").matcher(page.text());
    while (spans.find()) {
      code.add(spans.group(1));
    }
    return code;
  }

  // ---- Links and files -------------------------------------------------------------------------

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int found = 0;
    for (Markdown page : pages) {
      Matcher links =
          Pattern.compile("(?:\\]\\(|(?:src|href)=\")([^)\"#\\s]*)(?:#([^)\"\\s]+))?[)\"]")
              .matcher(page.text());
      while (links.find()) {
        String target = links.group(1);
        if (target.startsWith("http")) {
          continue;
        }
        found++;
        Path file = target.isEmpty() ? page.file() : page.file().resolveSibling(target).normalize();
        if (!Files.exists(file)) {
          broken.add(page.file() + ": " + target);
        } else if (links.group(2) != null
            && !Markdown.read(file).anchors().contains(links.group(2))) {
          broken.add(page.file() + ": " + target + "#" + links.group(2));
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(found).isGreaterThan(40);
  }

  @Test
  void everyFileOfTheProjectThatIsNamedIsThere() throws IOException {
    Pattern names =
        Pattern.compile(
            "(?<![\\w/.-])(?:docs|eval|corpora|scripts|src)/[\\w./-]*\\w(?![\\w/*-]|\\.\\.\\.)");
    List<String> missing = new ArrayList<>();
    for (Markdown page : pages) {
      for (String code : code(page)) {
        Matcher name = names.matcher(code);
        while (name.find()) {
          if (!Files.exists(Path.of(name.group())) && !code.startsWith("cp ")) {
            missing.add(page.file() + ": " + name.group());
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Every page of docs can be found from the list in docs/README.md. */
  @Test
  void everyPageIsListed() throws IOException {
    String list = Files.readString(Path.of("docs/README.md"));
    for (Markdown page : pages) {
      if (page.file().startsWith("docs") && !page.file().endsWith("README.md")) {
        assertThat(list).contains("](" + page.file().getFileName() + ")");
      }
    }
  }

  // ---- Configurations --------------------------------------------------------------------------

  @Test
  void everyRecipeIsRead() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("eval"))) {
      List<Path> recipes = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(recipes).hasSizeGreaterThan(10);
      for (Path recipe : recipes) {
        if (Files.readString(recipe).contains("--from en ")) {
          Recipe.read(recipe, Tagger.bundled("en").model().config(), Map.of());
        } else {
          ConfigReading.read(Files.readAllBytes(recipe));
        }
      }
    }
  }

  /** Where a page shows a part of a configuration, the rest is filled in. */
  @Test
  void everyConfigurationIsRead() throws IOException {
    int found = 0;
    for (Markdown page : pages) {
      for (String block : page.blocks()) {
        if (block.matches(
            "(?s)(input|embed|encoder|heads|train|group|context|segment|pretrain): .*")) {
          StringBuilder yaml = new StringBuilder(block);
          Map<String, String> rest = new LinkedHashMap<>();
          if (block.contains("format: pairs")) {
            rest.put("decoder", "{hidden: 4}");
            rest.put("encoder", "[{bidirectional: gru, hidden: 4}]");
          } else {
            rest.put("input", "{heads: {upos: upos, xpos: xpos, ner: misc:NER}}");
            rest.put("embed", "{shape: true}");
            rest.put("encoder", "[{bidirectional: gru, hidden: 4}]");
            rest.put("heads", "{upos: {kind: softmax}}");
          }
          rest.forEach(
              (key, value) -> {
                if (!Pattern.compile("(?m)^" + key + ":").matcher(block).find()) {
                  yaml.append(key).append(": ").append(value).append('\n');
                }
              });
          try {
            ConfigReading.read(yaml.toString().getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new AssertionError(page.file() + ":\n" + yaml, e);
          }
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(3);
  }

  // ---- Lines of code ---------------------------------------------------------------------------

  /** A line that ends with a link to a source and a colon introduces an excerpt of that source. */
  @Test
  void everyQuotedLineIsInItsSource() throws IOException {
    int quoted = 0;
    for (Markdown page : pages) {
      Matcher quotes =
          Pattern.compile("\\]\\(([^)\n]+\\.java)\\):\n\n((?:(?:    [^\n]*)?\n)+)")
              .matcher(page.text());
      while (quotes.find()) {
        Path source = page.file().resolveSibling(quotes.group(1)).normalize();
        List<String> lines = Files.readAllLines(source).stream().map(String::strip).toList();
        int at = 0;
        for (String line : quotes.group(2).split("\n")) {
          String wanted = line.strip();
          if (wanted.isEmpty() || wanted.equals("...")) {
            continue;
          }
          int next = lines.subList(at, lines.size()).indexOf(wanted);
          assertThat(next).as(page.file() + " quotes " + source + ": " + wanted).isNotNegative();
          at += next + 1;
          quoted++;
        }
      }
    }
    assertThat(quoted).isGreaterThan(30);
  }
}
