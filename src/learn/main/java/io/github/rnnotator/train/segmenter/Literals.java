package io.github.rnnotator.train.segmenter;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Tokens that follow rules instead of a dictionary: web and mail addresses, the names of files and
 * users, paths, dates, times, versions and words of code.
 */
final class Literals {
  private static final String[] TOP = {"com", "org", "net", "co.uk", "de", "io", "edu", "co.kr"};
  private static final String[] FILES = {
    "txt", "pdf", "doc", "docx", "xls", "csv", "json", "yaml", "yml", "xml", "html", "md", "py",
    "java", "sh", "js", "cpp", "jpg", "png", "zip", "exe", "conf", "log", "tar.gz", "mp3", "xlsx"
  };
  private static final String[] FOLDERS = {
    "etc",
    "usr",
    "home",
    "var",
    "src",
    "bin",
    "tmp",
    "opt",
    "lib",
    "local",
    "main",
    "data",
    "profile.d",
    "docs",
    "test",
    ".config"
  };
  private static final String[] WORDS = {
    "example", "config", "report", "main", "data", "test", "readme", "index", "setup", "notes",
    "build", "user", "invoice", "photo", "server", "bashrc", "backup", "plan"
  };
  private static final String[] LANGUAGES = {
    "C++", "C++", "C++", "C++", "C#", "F#", "Node.js", "Vue.js", "ASP.NET", "x86_64", "UTF-8",
    "i18n"
  };

  private final RandomGenerator random;

  Literals(RandomGenerator random) {
    this.random = random;
  }

  /** Returns a token of any kind, made of the word where that has ASCII letters only. */
  String any(String word) {
    float choice = random.nextFloat();
    if (choice < 0.25f) {
      return address(word);
    } else if (choice < 0.4f) {
      return file(word);
    } else if (choice < 0.52f) {
      return path(word);
    } else if (choice < 0.64f) {
      return user(word);
    } else if (choice < 0.72f) {
      return "#" + simple(word);
    } else if (choice < 0.86f) {
      return moment();
    }
    return code(word);
  }

  /** Returns a web or mail address, a hashtag or the name of a user. */
  String address(String form) {
    String word = simple(form);
    String top = pick(TOP);
    return switch (random.nextInt(7)) {
      case 0 -> "www." + word + "." + top;
      case 1 -> "http://" + word + "." + top + "/" + random.nextInt(1000) + ".html";
      case 2 -> word + "@" + word + "." + top;
      case 3 -> word + "." + random.nextInt(100) + "@" + word + "." + top;
      case 4 -> word + "." + top;
      case 5 -> "#" + word;
      default -> "@" + word + (random.nextBoolean() ? "_" + random.nextInt(100) : "");
    };
  }

  /** Returns {@code @anna13}, {@code @the_anna}, {@code @Anna_7}. */
  String user(String form) {
    String word = simple(form);
    return switch (random.nextInt(5)) {
      case 0 -> "@" + word + "_" + random.nextInt(100);
      case 1 -> "@" + pick(WORDS) + "_" + word;
      case 2 -> "@" + capitalized(word) + capitalized(pick(WORDS)) + random.nextInt(100);
      case 3 -> "@" + word + random.nextInt(10) + pick(WORDS);
      default -> "@" + word + random.nextInt(3000);
    };
  }

  /** Returns the name of a file. */
  String file(String form) {
    String word = simple(form);
    String name =
        switch (random.nextInt(6)) {
          case 0 -> word + "_" + random.nextInt(1000);
          case 1 -> pick(WORDS) + "-" + word;
          case 2 -> capitalized(word) + random.nextInt(10);
          case 3 -> capitalized(word) + capitalized(pick(WORDS));
          default -> random.nextBoolean() ? word : pick(WORDS);
        };
    return name + "." + pick(FILES);
  }

  /** Returns the path of a file or a folder. */
  String path(String word) {
    StringBuilder path = new StringBuilder();
    int folders = 1 + random.nextInt(3);
    int begin = random.nextInt(4);
    path.append(begin == 0 ? "~/" : begin == 1 ? "./" : begin == 2 ? pick(WORDS) + "/" : "/");
    for (int i = begin == 0 ? 1 : 0; i < folders; i++) {
      path.append(pick(FOLDERS)).append('/');
    }
    return path.append(
            switch (random.nextInt(4)) {
              case 0 -> "." + pick(WORDS);
              case 1 -> simple(word);
              default -> file(word);
            })
        .toString();
  }

  /** Returns a date, a time or both. */
  String moment() {
    return switch (random.nextInt(5)) {
      case 0 -> date() + "T" + clock() + ":" + two(60) + (random.nextBoolean() ? "Z" : "+09:00");
      case 1 -> two(12) + "/" + two(28) + "/" + (1980 + random.nextInt(60));
      case 2 -> time();
      default -> date();
    };
  }

  private String date() {
    return (1980 + random.nextInt(60)) + "-" + two(12) + "-" + two(31);
  }

  /** Returns {@code 9:05}, {@code 17:03} or {@code 17:03:21}. */
  String time() {
    return switch (random.nextInt(6)) {
      case 0 -> clock() + ":" + two(60);
      case 1, 2 -> (1 + random.nextInt(12)) + ":" + two(60);
      default -> clock();
    };
  }

  private String clock() {
    return two(24) + ":" + two(60);
  }

  /** Returns a number below a limit, of two digits. */
  private String two(int limit) {
    int number = 1 + random.nextInt(limit - 1);
    return (number < 10 ? "0" : "") + number;
  }

  /** Returns the name of a variable, a version, or a name with marks. */
  String code(String form) {
    String word = simple(form);
    return switch (random.nextInt(5)) {
      case 0 -> word + "_" + pick(WORDS);
      case 1 -> word + capitalized(pick(WORDS));
      case 2 ->
          (random.nextBoolean() ? "v" : "")
              + random.nextInt(9)
              + "."
              + random.nextInt(30)
              + "."
              + random.nextInt(9);
      default -> pick(LANGUAGES);
    };
  }

  /** Returns a word between grave accents, as in documentation of programs. */
  List<GoldToken> quoted(String word) {
    return List.of(GoldToken.touching("`"), GoldToken.touching(simple(word)), GoldToken.of("`"));
  }

  /** Returns an upper-case letter. */
  String letter() {
    return String.valueOf((char) ('A' + random.nextInt(26)));
  }

  /** Returns a number from 1. */
  String number(int most) {
    return String.valueOf(1 + random.nextInt(most));
  }

  /** Returns a word of ASCII letters and digits in lower case. */
  String simple(String form) {
    String word = form.toLowerCase(Locale.ROOT);
    return word.codePoints().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))
        ? word
        : pick(WORDS);
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private String pick(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
