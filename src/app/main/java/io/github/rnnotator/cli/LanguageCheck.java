package io.github.rnnotator.cli;

import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.text.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Warns once if a text is in another script than the language of the model. Checks the first few
 * thousand characters; languages with the same script are not distinguished.
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
  private final PrintWriter err;
  private final Map<UnicodeScript, Set<String>> languages = new LinkedHashMap<>();
  private boolean done;

  LanguageCheck(String language, PrintWriter err) {
    this.language = Locale.forLanguageTag(language).getLanguage();
    this.err = err;
    for (String line : SCRIPTS) {
      String[] parts = line.split(": ");
      languages.put(UnicodeScript.valueOf(parts[0]), new TreeSet<>(List.of(parts[1].split(" "))));
    }
    this.done = languages.values().stream().noneMatch(each -> each.contains(this.language));
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

  /** Checks the words of a passage. */
  private void look(Document passage) {
    if (done || passage.sentences().isEmpty()) {
      return;
    }
    String named = passage.section().origin().file();
    look(
        named.isEmpty() ? passage.sentences().get(0).origin().file() : named,
        passage.sentences().stream()
            .limit(SENTENCES)
            .flatMap(sentence -> sentence.sentence().forms().stream())
            .collect(Collectors.joining(" ")));
  }

  /**
   * Checks a text.
   *
   * @param name its source
   */
  void look(String name, String text) {
    if (done) {
      return;
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
    if (all >= FEWEST_LETTERS && own < all / 4) {
      done = true;
      UnicodeScript most =
          letters.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      warn(name, most);
    }
  }

  private Set<String> languages(UnicodeScript script) {
    return languages.getOrDefault(script, Set.of());
  }

  private void warn(String name, UnicodeScript script) {
    String remedy =
        languages(script).stream()
            .filter(other -> BundledModel.named(other).isPresent())
            .findFirst()
            .map(other -> "; the bundled model for such text is -m " + other)
            .orElse("; choose another model with -m");
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
