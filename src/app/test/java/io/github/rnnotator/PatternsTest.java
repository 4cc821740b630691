package io.github.rnnotator;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No text makes a regular expression of the program recurse deeply or search for long: each is fed
 * long runs on a small stack, and the characters that it looks at are counted.
 */
class PatternsTest {
  private static final int LONG = 20_000;

  /** Runs of many kinds are shorter: what is quadratic shows here, too. */
  private static final int SHORT = 400;

  private static final int STACK = 256 << 10;

  /** How often an expression may look at each character, on average. */
  private static final int LOOKS = 40;

  /** Patterns that match a whole text or its beginning, and never search in it. */
  private static final Set<String> ANCHORED =
      Set.of(
          "formats.Comments.NEW_DOCUMENT",
          "formats.ConlluText.NEW_PARAGRAPH",
          "formats.ConlluReader.ID",
          "io.FieldDelimiter.POSIX",
          "io.FieldDelimiter.QUANTIFIER",
          "vectors.TextVectorReader.HEADER",
          "serve.Guard.ADDRESS");

  /** Expressions that are written where they are used. */
  private static final Pattern INLINE =
      Pattern.compile(
          "\\.(matches|split|replaceAll|replaceFirst)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"",
          Pattern.DOTALL);

  private static final List<String> PIECES =
      List.of(
          "a",
          "7",
          "_",
          " ",
          "\t",
          "\n",
          "\r\n",
          "\r",
          "\u00a0",
          "\ud83d\ude00",
          "\ud800",
          "\u0301",
          "\uac00",
          "'",
          "\u2019",
          "a@b.c.d.",
          "a.",
          ".a",
          "a-",
          "-.",
          "@a",
          "a@",
          "www.",
          "http://",
          "www.!",
          "n't",
          "cannot",
          "\n ",
          " \n",
          "\n\u200b",
          "# newdoc ",
          "{ 1",
          "{1 ,",
          "[:a",
          ":1",
          "1.",
          "0.0",
          "e+",
          "a b");

  private record Expression(String name, Pattern pattern, boolean anchored) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Counts how often it is asked for a character. */
  private static final class Counting implements CharSequence {
    private final String text;
    private long looks;

    Counting(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }
  }

  private static Stream<Expression> expressions() throws IOException, ReflectiveOperationException {
    Map<String, Expression> all = new TreeMap<>();
    for (JavaClass type : OwnClasses.all()) {
      for (JavaField declared : type.getFields()) {
        if (declared.getRawType().isEquivalentTo(Pattern.class)
            && declared.getModifiers().toString().contains("STATIC")) {
          Field field = declared.reflect();
          field.setAccessible(true);
          String name =
              declared.getFullName().substring("io.github.rnnotator.".length()).replace('$', '.');
          all.put(name, new Expression(name, (Pattern) field.get(null), ANCHORED.contains(name)));
        }
      }
    }
    try (Stream<Path> modules = Files.list(Path.of("src"))) {
      for (Path module : modules.filter(Files::isDirectory).toList()) {
        for (Path source : sources(module)) {
          Matcher found = INLINE.matcher(Files.readString(source));
          while (found.find()) {
            String regex = found.group(2).translateEscapes();
            String name = source.getFileName() + " " + regex;
            all.put(
                name,
                new Expression(
                    name,
                    Pattern.compile(regex),
                    found.group(1).toLowerCase(Locale.ROOT).equals("matches")));
          }
        }
      }
    }
    return all.values().stream();
  }

  private static List<Path> sources(Path module) throws IOException {
    Path root = module.resolve("main/java");
    if (Files.notExists(root) || module.endsWith("bench")) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  @Test
  void allExpressionsAreFound() throws Exception {
    Set<String> names = expressions().map(Expression::name).collect(Collectors.toSet());
    assertThat(names).containsAll(ANCHORED).contains("segment.Cuts.ADDRESS");
    assertThat(names).anyMatch(name -> name.startsWith("Failure.java "));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void longRunsTakeNoStackAndLinearTime(Expression expression) throws Exception {
    Set<String> pieces = new LinkedHashSet<>(PIECES);
    expression.pattern.pattern().codePoints().mapToObj(Character::toString).forEach(pieces::add);
    List<String> texts = new ArrayList<>();
    for (String piece : pieces) {
      texts.add(piece.repeat(LONG / piece.length()));
      for (String other : pieces) {
        texts.add(other + piece.repeat(SHORT / piece.length()) + "!");
        texts.add((piece + other).repeat(SHORT / (piece.length() + other.length())));
      }
    }
    onSmallStack(expression, () -> texts.forEach(text -> assertLinear(expression, text)));
  }

  private static void assertLinear(Expression expression, String text) {
    Counting counting = new Counting(text);
    Matcher matcher = expression.pattern.matcher(counting);
    if (expression.anchored) {
      matcher.matches();
      matcher.reset().lookingAt();
    } else {
      while (matcher.find()) {
        matcher.end();
      }
    }
    assertThat(counting.looks)
        .as("'%s' times %d", text.substring(0, Math.min(40, text.length())), text.length())
        .isLessThan((long) LOOKS * text.length() + 1000);
  }

  private static void onSmallStack(Expression expression, Runnable work)
      throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(null, work, "small stack", STACK);
    thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
    thread.start();
    thread.join();
    if (thrown.get() != null) {
      throw new AssertionError(expression.name, thrown.get());
    }
  }
}
