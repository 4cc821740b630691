package io.github.rnnotator.train.segmenter;

import io.github.rnnotator.segment.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Puts sentences on lines of their own: list items, messages of a chat with their speaker and time,
 * mail headers and headings. Most items and headings are a few words without a verb, which some
 * treebanks do not have.
 */
final class Lines {
  private static final String[] BULLETS = {"-", "-", "*", "•", "–", "·", ">", "▪"};

  private final WordLists lists;
  private final RandomGenerator random;
  private final Literals literals;

  Lines(WordLists lists, RandomGenerator random) {
    this.lists = lists;
    this.random = random;
    this.literals = new Literals(random);
  }

  private boolean chance(float probability) {
    return random.nextFloat() < probability;
  }

  /** Makes list items of the sentences, or of a few words of each. */
  void list(List<List<GoldToken>> passage, boolean whole) {
    String bullet = BULLETS[random.nextInt(BULLETS.length)];
    boolean numbered = chance(0.4f);
    boolean stops = random.nextBoolean();
    int number = 1;
    for (List<GoldToken> sentence : passage) {
      if (!whole) {
        keepFragment(sentence);
      } else if (!stops) {
        dropStop(sentence);
      }
      end(sentence, Gap.LINE);
      if (!sentence.get(0).isWord() && whole) {
        continue;
      }
      if (!whole && chance(0.1f)) {
        numbered = !numbered;
        number = 1;
      }
      sentence.add(0, GoldToken.of(numbered ? number++ + "." : bullet));
    }
    if (chance(0.5f)) {
      passage.add(0, heading(passage.get(random.nextInt(passage.size())), true));
    }
  }

  /** Makes messages of the sentences: {@code 17:03 ben: no sorry}, or {@code ben: no sorry}. */
  void chat(List<List<GoldToken>> passage) {
    boolean times = chance(0.45f);
    boolean brackets = chance(0.35f);
    boolean stops = chance(0.4f);
    List<String> speakers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      speakers.add(speaker(passage.get(random.nextInt(passage.size()))));
    }
    boolean begins = true;
    for (List<GoldToken> sentence : passage) {
      if (chance(0.35f)) {
        keepFragment(sentence);
      } else if (!stops && chance(0.8f)) {
        dropStop(sentence);
      }
      if (begins) {
        sentence.addAll(0, message(speakers.get(random.nextInt(3)), times, brackets));
      }
      begins = chance(0.75f);
      end(sentence, begins ? Gap.LINE : Gap.SPACE);
    }
  }

  private List<GoldToken> message(String speaker, boolean times, boolean brackets) {
    List<GoldToken> tokens = new ArrayList<>();
    if (times) {
      tokens.addAll(bracketed(literals.time(), brackets));
    }
    if (brackets && chance(0.5f)) {
      tokens.addAll(bracketed(speaker, true));
    } else {
      tokens.add(GoldToken.touching(speaker));
      tokens.add(GoldToken.of(":"));
    }
    return tokens;
  }

  private static List<GoldToken> bracketed(String form, boolean brackets) {
    return brackets
        ? List.of(GoldToken.touching("["), GoldToken.touching(form), GoldToken.of("]"))
        : List.of(GoldToken.of(form));
  }

  /** Returns the name of a speaker: a known one, or a word of a sentence. */
  private String speaker(List<GoldToken> sentence) {
    GoldToken word = sentence.get(random.nextInt(sentence.size()));
    if (lists.has("person") && (!word.isWord() || chance(0.7f))) {
      String person = lists.any("person", random);
      return chance(0.4f) ? person.toLowerCase(Locale.ROOT) : person;
    }
    return word.isWord() ? word.form() : literals.simple(word.form());
  }

  /** Puts the lines of a mail header, or of a form, before the passage. */
  void headers(List<List<GoldToken>> passage) {
    if (!lists.has("header")) {
      return;
    }
    List<List<GoldToken>> block = new ArrayList<>();
    int lines = 2 + random.nextInt(3);
    for (int i = 0; i < lines; i++) {
      List<GoldToken> line = new ArrayList<>();
      for (String word : lists.any("header", random).split("_")) {
        line.add(GoldToken.of(word));
      }
      end(line, Gap.NONE);
      line.add(GoldToken.of(":"));
      List<GoldToken> sentence = passage.get(random.nextInt(passage.size()));
      float choice = random.nextFloat();
      if (choice < 0.5f) {
        line.addAll(fragment(sentence));
      } else if (choice < 0.8f && lists.has("person")) {
        line.add(GoldToken.of(lists.any("person", random)));
      } else if (choice < 0.9f) {
        line.add(GoldToken.of(literals.moment()));
      } else {
        line.add(GoldToken.of(literals.address(sentence.get(0).form())));
      }
      end(line, Gap.LINE);
      block.add(line);
    }
    if (chance(0.7f)) {
      end(block.get(lines - 1), Gap.PARAGRAPH);
    }
    passage.addAll(0, block);
  }

  /** Puts headings before some sentences. */
  void headings(List<List<GoldToken>> passage) {
    for (int i = passage.size() - 1; i >= 0; i--) {
      if (i == 0 || chance(0.3f)) {
        List<GoldToken> heading =
            heading(passage.get(random.nextInt(passage.size())), chance(0.2f));
        end(heading, chance(0.3f) ? Gap.PARAGRAPH : Gap.LINE);
        if (i > 0) {
          end(passage.get(i - 1), chance(0.5f) ? Gap.PARAGRAPH : Gap.LINE);
        }
        passage.add(i, heading);
      }
    }
  }

  private List<GoldToken> heading(List<GoldToken> sentence, boolean colon) {
    List<GoldToken> heading = fragment(sentence);
    if (colon) {
      end(heading, Gap.NONE);
      heading.add(GoldToken.of(":"));
    }
    end(heading, Gap.LINE);
    return heading;
  }

  private void keepFragment(List<GoldToken> sentence) {
    List<GoldToken> kept = fragment(sentence);
    sentence.clear();
    sentence.addAll(kept);
  }

  /** Returns a few words of a sentence, without marks at their ends; at least one. */
  private List<GoldToken> fragment(List<GoldToken> sentence) {
    int size = 1 + random.nextInt(5);
    int from = random.nextInt(sentence.size());
    while (from > 0 && sentence.get(from - 1).gap() == Gap.NONE) {
      from--;
    }
    List<GoldToken> words = new ArrayList<>();
    for (int i = from; i < sentence.size(); i++) {
      if (words.size() >= size && words.get(words.size() - 1).gap() != Gap.NONE) {
        break;
      }
      words.add(sentence.get(i));
    }
    while (!words.isEmpty() && Pieces.isMark(words.get(words.size() - 1).form())) {
      words.remove(words.size() - 1);
    }
    while (!words.isEmpty() && Pieces.isMark(words.get(0).form())) {
      words.remove(0);
    }
    if (words.isEmpty()) {
      words.add(GoldToken.of(literals.simple(sentence.get(0).form())));
    }
    return words;
  }

  private static void dropStop(List<GoldToken> sentence) {
    int last = sentence.size() - 1;
    if (last > 0 && sentence.get(last).form().equals(".")) {
      sentence.remove(last);
    }
  }

  private static void end(List<GoldToken> sentence, Gap gap) {
    int last = sentence.size() - 1;
    sentence.set(last, sentence.get(last).with(gap));
  }
}
