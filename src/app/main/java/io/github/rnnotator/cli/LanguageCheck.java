package io.github.rnnotator.cli;

import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Counts;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Warns once if a text is in another script than the language of the model. Checks the first few
 * thousand characters; languages with the same script are not distinguished. Only {@link
 * #watching(OutputFormat)} is for several threads.
 */
final class LanguageCheck {
  private static final int LOOK_AT = 4096;
  private static final int SENTENCES = 100;
  private static final int FEWEST_LETTERS = 5;

  /** Scripts, and the languages written in them. Other languages are not checked. */
  private static final List<String> SCRIPTS =
      List.of(
          "LATIN: en de fr es it pt nl sv da no nb nn fi is pl cs sk sl hr sr hu ro tr vi id ms et"
              + " lv lt ca gl eu ga cy af la",
          "HANGUL: ko",
          "HAN: ko ja zh",
          "HIRAGANA: ja",
          "KATAKANA: ja",
          "CYRILLIC: ru uk be bg mk sr kk ky mn tg",
          "GREEK: el",
          "ARABIC: ar fa ur ps ug",
          "HEBREW: he yi",
          "DEVANAGARI: hi mr ne sa",
          "BENGALI: bn as",
          "TAMIL: ta",
          "TELUGU: te",
          "THAI: th",
          "ARMENIAN: hy",
          "GEORGIAN: ka",
          "ETHIOPIC: am ti");

  private final String language;
  private final String option;
  private final PrintWriter err;
  private final Map<UnicodeScript, Set<String>> languages = new LinkedHashMap<>();
  private boolean done;

  /** The first file in another script, by name, and how many there are. */
  private String firstFile = "";

  private UnicodeScript firstScript = UnicodeScript.COMMON;
  private int files;

  LanguageCheck(String language, PrintWriter err) {
    this(language, "-m", err);
  }

  /**
   * Creates a check.
   *
   * @param option the option that names the model
   */
  LanguageCheck(String language, String option, PrintWriter err) {
    this.option = option;
    this.language = Locale.forLanguageTag(language).getLanguage();
    this.err = err;
    for (String line : SCRIPTS) {
      String[] parts = line.split(": ");
      languages.put(UnicodeScript.valueOf(parts[0]), new TreeSet<>(List.of(parts[1].split(" "))));
    }
  }

  /** Returns a writer that also checks the passages. */
  OutputFormat.Writer watching(OutputFormat.Writer writer) {
    return new Watching(writer, this);
  }

  private record Watching(OutputFormat.Writer writer, LanguageCheck check)
      implements OutputFormat.Writer {
    @Override
    public void begin() throws IOException {
      writer.begin();
    }

    @Override
    public List<CorpusException> write(Document passage) throws IOException {
      check.look(passage);
      return writer.write(passage);
    }

    @Override
    public void end() throws IOException {
      writer.end();
    }

    @Override
    public void flush() throws IOException {
      writer.flush();
    }
  }

  /** Returns a reader that also checks the first sentences. */
  SentenceReader watching(SentenceReader reader, String name) {
    StringBuilder words = new StringBuilder();
    return new SentenceReader() {
      @Override
      public Optional<TaggedSentence> read() throws IOException {
        Optional<TaggedSentence> sentence = reader.read();
        if (!done && (sentence.isEmpty() || words.length() >= LOOK_AT)) {
          look(name, words.toString());
          done = true;
        }
        if (!done) {
          words.append(words(List.of(sentence.orElseThrow()))).append(' ');
        }
        return sentence;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  /**
   * Returns a format that also checks the beginning of each file, for {@link #warnOfFiles} when all
   * are written.
   */
  OutputFormat watching(OutputFormat format) {
    return new WatchingFormat(format, this);
  }

  private record WatchingFormat(OutputFormat format, LanguageCheck check) implements OutputFormat {
    @Override
    public List<String> extensions() {
      return format.extensions();
    }

    @Override
    public Counts count(Document passage) {
      return format.count(passage);
    }

    @Override
    public Writer writer(List<OutputStream> streams, Counts before) {
      Writer writer = format.writer(streams, before);
      return new Writer() {
        private boolean begun;
        private String file = "";
        private final StringBuilder words = new StringBuilder();

        @Override
        public void begin() throws IOException {
          begun = true;
          writer.begin();
        }

        @Override
        public List<CorpusException> write(Document passage) throws IOException {
          if (begun && words.length() < LOOK_AT) {
            file = file.isEmpty() ? name(passage) : file;
            words.append(words(passage.sentences())).append(' ');
          }
          return writer.write(passage);
        }

        @Override
        public void end() throws IOException {
          writer.end();
        }

        @Override
        public void flush() throws IOException {
          check.count(file, words.toString());
          begun = false;
          words.setLength(0);
          writer.flush();
        }
      };
    }
  }

  private void count(String file, String text) {
    other(text).ifPresent(script -> count(file, script));
  }

  private synchronized void count(String file, UnicodeScript script) {
    if (files == 0 || file.compareTo(firstFile) < 0) {
      firstFile = file;
      firstScript = script;
    }
    files++;
  }

  /** Warns of the files in another script, if any. */
  synchronized void warnOfFiles() {
    if (files > 0) {
      String others = files == 1 ? "" : ", the first of %,d such files,".formatted(files);
      warn(firstFile + others, firstScript);
    }
  }

  /** Checks the words of a passage. */
  private void look(Document passage) {
    if (!done && !passage.sentences().isEmpty()) {
      look(name(passage), words(passage.sentences()));
    }
  }

  private static String name(Document passage) {
    String named = passage.section().origin().file();
    return !named.isEmpty() || passage.sentences().isEmpty()
        ? named
        : passage.sentences().get(0).origin().file();
  }

  private static String words(List<TaggedSentence> sentences) {
    return sentences.stream()
        .limit(SENTENCES)
        .flatMap(sentence -> sentence.sentence().forms().stream())
        .collect(Collectors.joining(" "));
  }

  /** Checks the words of a corpus. */
  void look(String name, List<TaggedSentence> sentences) {
    look(name, words(sentences));
  }

  /**
   * Checks a text.
   *
   * @param name its source
   */
  void look(String name, String text) {
    Optional<UnicodeScript> script = done ? Optional.empty() : other(text);
    if (script.isPresent()) {
      done = true;
      warn(name, script.get());
    }
  }

  /** Returns the most frequent script of a text, if it is not that of the language. */
  private Optional<UnicodeScript> other(String text) {
    if (languages.values().stream().noneMatch(each -> each.contains(language))) {
      return Optional.empty();
    }
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    text.codePoints()
        .limit(LOOK_AT)
        .filter(Character::isLetter)
        .forEach(c -> letters.merge(UnicodeScript.of(c), 1, Integer::sum));
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    int own =
        letters.entrySet().stream()
            .filter(each -> languages(each.getKey()).contains(language))
            .mapToInt(Map.Entry::getValue)
            .sum();
    return all >= FEWEST_LETTERS && own < all / 4
        ? letters.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey)
        : Optional.empty();
  }

  private Set<String> languages(UnicodeScript script) {
    return languages.getOrDefault(script, Set.of());
  }

  private void warn(String name, UnicodeScript script) {
    String remedy =
        languages(script).stream()
            .filter(other -> BundledModel.named(other).isPresent())
            .findFirst()
            .map(other -> "; the bundled model for such text is " + option + " " + other)
            .orElse("; choose another model with " + option);
    err.println(
        "rnnotator: warning: %s is mostly in %s script, but the model is for %s (%s)%s"
            .formatted(
                name,
                script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT),
                Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH),
                language,
                remedy));
  }
}
