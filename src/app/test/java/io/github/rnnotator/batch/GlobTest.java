package io.github.rnnotator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.CorpusException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  private static final List<String> NAMES =
      List.of(
          "a.txt",
          "b.md",
          "x/a.txt",
          "d/a.txt",
          "d/x/a.txt",
          "d/x/e/f/a.txt",
          "dx/y",
          "a[1].txt",
          "a{b}",
          "ab,c",
          "a\\b.txt",
          "\uD83D\uDE00");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.txt | a.txt a[1].txt a\\b.txt",
        "** | a.txt b.md x/a.txt d/a.txt d/x/a.txt d/x/e/f/a.txt dx/y a[1].txt a{b} ab,c a\\b.txt \uD83D\uDE00",
        "**/*.txt | a.txt x/a.txt d/a.txt d/x/a.txt d/x/e/f/a.txt a[1].txt a\\b.txt",
        "**/x/** | x/a.txt d/x/a.txt d/x/e/f/a.txt",
        "**/x/**/a.txt | x/a.txt d/x/a.txt d/x/e/f/a.txt",
        "**/**/x/*.txt | x/a.txt d/x/a.txt",
        "d/**/a.txt | d/a.txt d/x/a.txt d/x/e/f/a.txt",
        "d/**/**/a.txt | d/a.txt d/x/a.txt d/x/e/f/a.txt",
        "d** | d/a.txt d/x/a.txt d/x/e/f/a.txt dx/y",
        "d**/a.txt | d/a.txt d/x/a.txt d/x/e/f/a.txt",
        "{**/x/,}a.txt | a.txt x/a.txt d/x/a.txt",
        "{d/**/x,x}/a.txt | x/a.txt d/x/a.txt",
        "{{a,b}.{txt,md},z} | a.txt b.md",
        "?.* | a.txt b.md",
        "? | \uD83D\uDE00",
        "[ab].?[!a-s]? | a.txt",
        "[^a].md | b.md",
        "a[[]1].txt | a[1].txt",
        "a\\[1].txt | a[1].txt",
        "a\\{b} | a{b}",
        "a[\\\\]b.txt | a\\b.txt",
        "ab,c | ab,c",
        "d?x | ",
        "d[!a]a.txt | ",
      })
  void patternMatchesDescribedNames(String glob, String expected) throws CorpusException {
    List<String> found = NAMES.stream().filter(Glob.compile(glob).asMatchPredicate()).toList();
    assertThat(found).isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[a", "a[", "[!", "[]", "[z-a]", "{a", "{a,{b}", "a\\", "**/[x/*"})
  void malformedPatternIsRefusedInOneLine(String glob) {
    assertThatThrownBy(() -> Glob.compile(glob))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(glob + ": can't be parsed as a pattern: ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*a*a*a", "**/*x**/*", "{a,b}*{c,d}*", "[!a]*?*"})
  void longNameIsMatchedOnSmallStack(String glob) throws CorpusException {
    assertThat(Glob.compile(glob).matcher("b".repeat(4096)).matches())
        .isEqualTo(glob.equals("[!a]*?*"));
  }
}
