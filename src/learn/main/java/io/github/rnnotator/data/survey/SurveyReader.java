package io.github.rnnotator.data.survey;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.survey.SurveyedColumn.Role;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.text.TagScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks at one file. */
final class SurveyReader {
  private static final int LONG = 250;
  private static final int RARE = 5;
  private static final List<String> CONLLU =
      List.of("", "form", "lemma", "upos", "xpos", "feats", "", "deprel", "", "");

  private static final String MISC = "misc:";

  private final Path file;
  private final List<String> oddities = new ArrayList<>();

  SurveyReader(Path file) {
    this.file = file;
  }

  CorpusSurvey read() throws IOException {
    SurveyRows rows = SurveyRows.read(file);
    if (rows.columns() < 2 || rows.sentences().isEmpty()) {
      throw new InputException(
          file
              + ": no columns, expected CoNLL-U, or a token and its tags per line and a blank line"
              + " after each sentence");
    }
    long tokens = 0;
    int longest = 0;
    for (List<String[]> sentence : rows.sentences()) {
      tokens += sentence.size();
      longest = Math.max(longest, sentence.size());
    }
    sizes(rows, longest);
    List<SurveyedColumn> columns = rows.conllu() ? conllu(rows) : columns(rows);
    boolean characters = !rows.conllu() && isCharacters(rows, columns);
    if (columns.stream().noneMatch(SurveyedColumn::isLearnable)) {
      throw new InputException(
          file + ": no column with tags; a recipe needs one that a head can learn");
    }
    return new CorpusSurvey(
        file,
        rows.conllu() ? "conllu" : characters ? "characters" : "columns",
        rows.comments() && !rows.conllu(),
        language(columns),
        rows.sentences().size(),
        tokens,
        longest,
        columns,
        oddities);
  }

  private void sizes(SurveyRows rows, int longest) {
    if (rows.odd() > 0) {
      oddities.add(
          "line %d has not the %d columns that most rows have; train will refuse it"
              .formatted(rows.odd(), rows.columns()));
    }
    if (longest > LONG) {
      oddities.add(
          "the longest sentence has %d tokens; is a blank line missing after sentences?"
              .formatted(longest));
    }
    Set<String> seen = new HashSet<>();
    int repeated = 0;
    for (List<String[]> sentence : rows.sentences()) {
      StringBuilder text = new StringBuilder();
      sentence.forEach(row -> text.append(String.join("\t", row)).append('\n'));
      repeated += seen.add(text.toString()) ? 0 : 1;
    }
    if (repeated > rows.sentences().size() / 50) {
      oddities.add(
          "%d of %d sentences are repeated, word by word and tag by tag"
              .formatted(repeated, rows.sentences().size()));
    }
  }

  private List<SurveyedColumn> columns(SurveyRows rows) {
    List<ColumnCounter> counters = new ArrayList<>();
    for (int i = 0; i < rows.columns(); i++) {
      counters.add(new ColumnCounter());
    }
    int form = isNumbered(rows) ? 1 : 0;
    for (List<String[]> sentence : rows.sentences()) {
      for (String[] row : sentence) {
        for (int i = 0; i < row.length; i++) {
          counters.get(i).add(row[i], row[form]);
        }
      }
      counters.forEach(ColumnCounter::endSentence);
    }
    Set<String> names = new HashSet<>(List.of(CorpusFormat.Columns.FORM));
    List<SurveyedColumn> columns = new ArrayList<>();
    for (int i = 0; i < counters.size(); i++) {
      ColumnCounter counter = counters.get(i);
      if (i == form) {
        columns.add(
            new SurveyedColumn(CorpusFormat.Columns.FORM, "", Role.FORMS, null, counter.values()));
      } else if (i < form || counter.isNumbers()) {
        columns.add(new SurveyedColumn("_", "", Role.NUMBERS, null, Map.of()));
      } else {
        columns.add(column(counter, "column " + (i + 1), names, rows));
      }
    }
    return columns;
  }

  private static boolean isNumbered(SurveyRows rows) {
    return rows.columns() > 2
        && rows.sentences().stream()
            .allMatch(sentence -> sentence.get(0)[0].equals("1") || sentence.get(0)[0].equals("0"));
  }

  private SurveyedColumn column(
      ColumnCounter counter, String place, Set<String> names, SurveyRows rows) {
    Role role = counter.role();
    TagScheme scheme = role == Role.CHUNKS ? counter.scheme() : null;
    String head = counter.head(role, scheme);
    if (head.isEmpty()) {
      return new SurveyedColumn("_", "", role, null, counter.values());
    }
    String name = head;
    for (int i = 2; !names.add(name); i++) {
      name = head + i;
    }
    return learnable(counter, new Place(place, name, name), role, rows);
  }

  /**
   * A column to be learned.
   *
   * @param place for messages
   * @param name as a recipe names it
   * @param head the head that learns it
   */
  private record Place(String place, String name, String head) {}

  private SurveyedColumn learnable(ColumnCounter counter, Place place, Role role, SurveyRows rows) {
    TagScheme scheme = role == Role.CHUNKS ? counter.scheme() : null;
    Map<String, Integer> values = scheme == null ? counter.values() : counter.types(scheme);
    boolean maySkip = role == Role.FEATURES || role == Role.LEMMAS;
    int partly = maySkip ? -1 : counter.firstPartlyMissing();
    if (partly >= 0) {
      oddities.add(
          "%s (%s) has no tag at some words of a sentence, first in the one at line %d"
              .formatted(place.place(), place.head(), rows.lines().get(partly)));
      return new SurveyedColumn("_", "", role, scheme, values);
    }
    int broken = scheme == null ? -1 : counter.firstBroken(scheme);
    if (broken >= 0 && scheme != null) {
      oddities.add(
          "%s (%s) breaks its scheme %s, first in the sentence at line %d; conlleval's reading is used"
              .formatted(place.place(), place.head(), scheme, rows.lines().get(broken)));
    }
    List<String> rare =
        values.entrySet().stream()
            .filter(value -> value.getValue() < RARE && role != Role.LEMMAS)
            .map(Map.Entry::getKey)
            .toList();
    if (!rare.isEmpty() && role != Role.FEATURES) {
      oddities.add(
          "%s (%s) has %d tags or types that occur less than %d times: %s"
              .formatted(
                  place.place(),
                  place.head(),
                  rare.size(),
                  RARE,
                  String.join(" ", rare.subList(0, Math.min(5, rare.size())))));
    }
    return new SurveyedColumn(place.name(), place.head(), role, scheme, values);
  }

  private List<SurveyedColumn> conllu(SurveyRows rows) {
    Map<String, ColumnCounter> counters = new LinkedHashMap<>();
    CONLLU.stream().filter(n -> !n.isEmpty()).forEach(n -> counters.put(n, new ColumnCounter()));
    keys(rows).forEach(key -> counters.put(MISC + key, new ColumnCounter()));
    for (List<String[]> sentence : rows.sentences()) {
      for (String[] row : sentence) {
        if (row[0].chars().allMatch(Character::isDigit)) {
          counters.forEach((name, counter) -> counter.add(value(row, name), row[1]));
        }
      }
      counters.values().forEach(ColumnCounter::endSentence);
    }
    List<SurveyedColumn> columns = new ArrayList<>();
    counters.forEach((name, counter) -> columns.add(conllu(name, counter, rows)));
    return columns;
  }

  private static String value(String[] row, String name) {
    return name.startsWith(MISC)
        ? attribute(row[9], name.substring(MISC.length()))
        : row[CONLLU.indexOf(name)];
  }

  /** The attributes of MISC that have chunk tags. */
  private static Set<String> keys(SurveyRows rows) {
    Map<String, Boolean> keys = new TreeMap<>();
    for (List<String[]> sentence : rows.sentences()) {
      for (String[] row : sentence) {
        for (String attribute : row[9].split("\\|")) {
          int equals = attribute.indexOf('=');
          if (equals > 0) {
            boolean chunk = attribute.substring(equals + 1).matches("O|_|[BIESLUM]-.+");
            keys.merge(attribute.substring(0, equals), chunk, Boolean::logicalAnd);
          }
        }
      }
    }
    keys.values().removeIf(chunk -> !chunk);
    return keys.keySet();
  }

  private static String attribute(String misc, String key) {
    for (String attribute : misc.split("\\|")) {
      if (attribute.startsWith(key + "=")) {
        return attribute.substring(key.length() + 1);
      }
    }
    return TagScheme.OUTSIDE;
  }

  private SurveyedColumn conllu(String name, ColumnCounter counter, SurveyRows rows) {
    if (name.equals("form")) {
      return new SurveyedColumn(name, "", Role.FORMS, null, counter.values());
    }
    Role role =
        switch (name) {
          case "lemma" -> Role.LEMMAS;
          case "feats" -> Role.FEATURES;
          default -> counter.role();
        };
    boolean used =
        counter.values().keySet().stream().filter(v -> !v.equals("_")).limit(2).count() > 1;
    boolean heads = used && !name.equals("deprel") && role != Role.OTHER;
    if (!heads) {
      return new SurveyedColumn(name, "", used ? role : Role.OTHER, null, counter.values());
    }
    String head = name.replaceFirst(MISC, "").toLowerCase(Locale.ROOT);
    if (name.startsWith(MISC) && role != Role.CHUNKS) {
      return new SurveyedColumn(name, "", role, null, counter.values());
    }
    return learnable(counter, new Place("column " + name, name, head), role, rows);
  }

  private static boolean isCharacters(SurveyRows rows, List<SurveyedColumn> columns) {
    SurveyedColumn forms = columns.get(0);
    return rows.columns() == 2
        && forms.values().containsKey("\u2423")
        && forms.values().keySet().stream().allMatch(f -> f.codePointCount(0, f.length()) == 1);
  }

  /** The language that most letters suggest. */
  private static String language(List<SurveyedColumn> columns) {
    int form = 0;
    while (columns.get(form).role() != Role.FORMS) {
      form++;
    }
    return LanguageGuess.of(columns.get(form).values());
  }
}
