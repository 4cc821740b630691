package io.github.rnnotator.formats;

import static io.github.rnnotator.formats.Corpora.read;
import static io.github.rnnotator.formats.Corpora.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Merging tags of one corpus into another: copied, projected and missing tags. */
class TagMergeTest {
  private static final CorpusFormat BASE = new CorpusFormat.Conllu(Map.of());
  private static final CorpusFormat NER = new CorpusFormat.Conllu(Map.of("ner", "misc:NER"));
  private static final CorpusFormat UNER =
      new CorpusFormat.Columns(List.of("form", "ner"), Map.of("ner", "ner"), true);

  @Property(tries = 300)
  void sameTokensKeepTheirMentionsFromAnySchemeToIob2(
      @ForAll Random random, @ForAll TagScheme scheme) throws IOException {
    List<TaggedSentence> from = new ArrayList<>();
    List<TaggedSentence> into = new ArrayList<>();
    for (int s = 0; s <= random.nextInt(4); s++) {
      List<String> forms = tokens(random, text(random));
      List<Mention> mentions = mentions(random, forms.size());
      from.add(tagged(forms, scheme.tags(forms.size(), mentions)));
      into.add(TaggedSentence.untagged(Sentence.of(forms)));
    }
    TagMerge merge = TagMerge.of("ner", Corpora.unread(into), Corpora.unread(from));
    assertThat(merge.same()).isEqualTo(into.size());
    assertThat(merge.projected()).isZero();
    assertThat(merge.untagged()).isEmpty();
    assertThat(merge.unused()).isEmpty();
    for (int i = 0; i < into.size(); i++) {
      List<String> tags = from.get(i).tags("ner").tags();
      List<String> merged = merge.sentences().get(i).tags("ner").tags();
      assertThat(merged).isEqualTo(scheme.convert(tags, TagScheme.IOB2));
      if (scheme == TagScheme.IOB2) {
        assertThat(merged).isEqualTo(tags);
      }
    }
  }

  @Example
  void invisibleCharactersAndCompositionAreIgnored() throws IOException {
    List<TaggedSentence> from =
        List.of(
            tagged(
                List.of("We", "cooperate", "in", "Malm\u00F6", "."),
                List.of("O", "O", "O", "B-LOC", "O")));
    for (List<String> forms :
        List.of(
            List.of("We", "co\u200Boperate", "in", "Malmo\u0308", "."),
            List.of("We", "co\u00ADoper", "ate", "in", "\u200EMalmo\u0308."))) {
      TagMerge merge =
          TagMerge.of(
              "ner",
              Corpora.unread(List.of(TaggedSentence.untagged(Sentence.of(forms)))),
              Corpora.unread(from));
      assertThat(merge.untagged()).isEmpty();
      List<String> tags = merge.sentences().get(0).tags("ner").tags();
      assertThat(tags.indexOf("B-LOC")).isEqualTo(forms.size() == 5 && merge.same() == 1 ? 3 : 4);
    }
  }

  @Property(tries = 500)
  void projectionKeepsTheCharactersOfEveryMention(@ForAll Random random) throws IOException {
    String text = text(random);
    List<String> fromForms = tokens(random, text);
    List<String> intoForms = tokens(random, text);
    List<Mention> mentions = mentions(random, fromForms.size());
    List<String> merged =
        TagMerge.of(
                "ner",
                List.of(untagged(intoForms)),
                List.of(tagged(fromForms, TagScheme.IOB2.tags(fromForms.size(), mentions))))
            .sentences()
            .get(0)
            .tags("ner")
            .tags();
    assertThat(merged)
        .as("%s %s to %s", fromForms, mentions, intoForms)
        .isEqualTo(projectedCharacterByCharacter(fromForms, mentions, intoForms));
  }

  /** Maps each character to its mention, and each token to the first mention of its characters. */
  private static List<String> projectedCharacterByCharacter(
      List<String> from, List<Mention> mentions, List<String> into) {
    List<Integer> owners = new ArrayList<>();
    for (int token = 0; token < from.size(); token++) {
      int owner = -1;
      for (int m = 0; m < mentions.size(); m++) {
        Span span = mentions.get(m).span();
        owner = span.begin() <= token && token < span.end() ? m : owner;
      }
      owners.addAll(Collections.nCopies(from.get(token).replace(" ", "").length(), owner));
    }
    List<String> tags = new ArrayList<>();
    int at = 0;
    int before = -1;
    for (String form : into) {
      int end = at + form.replace(" ", "").length();
      int owner = owners.subList(at, end).stream().filter(o -> o >= 0).findFirst().orElse(-1);
      tags.add(owner < 0 ? "O" : (owner == before ? "I-" : "B-") + mentions.get(owner).type());
      before = owner;
      at = end;
    }
    return tags;
  }

  @Property(tries = 300)
  void mergingIsIdempotentAndChangesNothingElse(@ForAll Random random, @ForAll boolean withIds)
      throws IOException {
    StringBuilder base = new StringBuilder();
    List<String> others = new ArrayList<>();
    int lacking = 0;
    int count = 1 + random.nextInt(5);
    for (int s = 0; s < count; s++) {
      String text = text(random);
      List<String> forms = tokens(random, text);
      String id = withIds ? "# sent_id = s" + s + "\n" : "";
      base.append(id).append("# x\n").append(rows(random, forms)).append('\n');
      boolean missing = random.nextInt(5) == 0;
      if (withIds && random.nextInt(5) == 0) {
        lacking++;
        if (random.nextBoolean()) {
          others.add(id + "other\tB-X\n\n");
        }
      } else {
        lacking += missing ? 1 : 0;
        others.add(id + columns(random, tokens(random, text), missing));
      }
    }
    if (withIds) {
      others.add("# sent_id = more\nmore\tO\n\n");
      Collections.shuffle(others, random);
    }
    List<TaggedSentence> from = read(UNER, String.join("", others));
    TagMerge merge = TagMerge.of("ner", read(BASE, base.toString()), from);
    assertThat(merge.untagged()).hasSize(lacking);
    assertThat(merge.same() + merge.projected() + lacking).isEqualTo(count);
    assertThat(merge.unused()).hasSize(withIds ? 1 : 0);
    String once = write(NER, merge.sentences());
    assertThat(withoutNer(once)).isEqualTo(withoutNer(base.toString()));

    List<TaggedSentence> read = read(NER, once);
    for (int i = 0; i < count; i++) {
      TaggedSentence merged = merge.sentences().get(i);
      boolean lacks =
          merge.untagged().stream().anyMatch(s -> s.origin().line() == merged.origin().line());
      assertThat(read.get(i).tags().containsKey("ner")).isEqualTo(!lacks);
      if (!lacks) {
        assertThat(read.get(i).tags("ner")).isEqualTo(merged.tags("ner"));
      }
    }
    String twice = write(NER, TagMerge.of("ner", read(BASE, once), from).sentences());
    assertThat(twice).isEqualTo(once);
    // The merged corpus is an equivalent source.
    assertThat(write(NER, TagMerge.of("ner", read(BASE, base.toString()), read).sentences()))
        .isEqualTo(once);
  }

  @Example
  void multiwordTokensMatchTheTextIfTheirWordsDoNot() throws IOException {
    String base =
        "1\tvoix\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n"
            + "2\tde\t_\t_\t_\t_\t_\t_\t_\t_\n3\tle\t_\t_\t_\t_\t_\t_\t_\t_\n"
            + "4\tNord\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    assertThat(merged(base, "voix\tO\ndu\tB-LOC\nNord\tO\n"))
        .containsExactly("O", "B-LOC", "I-LOC", "O");
    assertThat(merged(base, "voix\tO\ndu\tB-LOC\nNord\tI-LOC\n"))
        .containsExactly("O", "B-LOC", "I-LOC", "I-LOC");
    assertThat(merged(base, "voix\tB-X\nde\tI-X\nle\tB-LOC\nNor\tI-LOC\nd\tI-LOC\n"))
        .containsExactly("B-X", "I-X", "B-LOC", "I-LOC");
    assertThat(merged(base, "voix\tB-X\nde\tI-X\nle\tB-LOC\nNord\tI-LOC\n"))
        .containsExactly("B-X", "I-X", "B-LOC", "I-LOC");
    // Conversely, both words of a multiword token cover all its characters.
    List<TaggedSentence> words = read(NER, base.replaceAll("(3\tle.*)_\n", "$1NER=B-LOC\n"));
    TagMerge back = TagMerge.of("ner", read(UNER, "voixdu\tO\nNord\tO\n"), words);
    assertThat(back.sentences().get(0).tags("ner").tags()).containsExactly("B-LOC", "O");
  }

  @Example
  void whiteSpaceInFormsIsIgnored() throws IOException {
    assertThat(merged("1\tNew\u00a0York\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "New\tB-LOC\nYork\tI-LOC\n"))
        .containsExactly("B-LOC");
    String base =
        "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n2\t\u00a0\t_\t_\t_\t_\t_\t_\t_\t_\n"
            + "3\tb\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    assertThat(merged(base, "ab\tB-X\n")).containsExactly("B-X", "I-X", "I-X");
    List<TaggedSentence> blank = read(NER, base.replaceAll("(2\t.*)_\n", "$1NER=B-X\n"));
    TagMerge merge = TagMerge.of("ner", read(UNER, "ab\tO\n"), blank);
    assertThat(merge.sentences().get(0).tags("ner").tags()).containsExactly("O");
  }

  @Example
  void onlyChunkTagsAreProjected() throws IOException {
    var pos = new CorpusFormat.Columns(List.of("form", "upos"), Map.of("upos", "upos"));
    TagMerge merge =
        TagMerge.of(
            "upos",
            Corpora.unread(
                List.of(
                    TaggedSentence.untagged(Sentence.of("a", "b")),
                    TaggedSentence.untagged(Sentence.of("ab")))),
            read(pos, "a\tX\nb\tO\n\na\tX\nb\tO\n"));
    assertThat(merge.sentences().get(0).tags("upos").tags()).containsExactly("X", "O");
    assertThat(merge.sentences().get(1).tags("upos").tags()).containsExactly("_");
    assertThat(merge.same()).isEqualTo(1);
    assertThat(merge.projected()).isZero();
    assertThat(merge.untagged()).hasSize(1);
  }

  @Example
  void illegalPredictedTagsAreReadLikeTheScorer() throws IOException {
    List<TaggedSentence> into =
        Corpora.unread(List.of(TaggedSentence.untagged(Sentence.of("a", "b", "c"))));
    TagMerge merge = TagMerge.of("ner", into, read(UNER, "a\tI-X\nb\tE-X\nc\tE-X\n"));
    assertThat(merge.sentences().get(0).tags("ner").tags()).containsExactly("B-X", "I-X", "B-X");
  }

  @Example
  void duplicateIdsAreRefused() throws IOException {
    String id = "# sent_id = s\n";
    List<TaggedSentence> into = read(BASE, id + "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
    refused(
        into,
        id + "a\tO\n\n" + id + "a\tO\n\n",
        "corpus.txt:5: sent_id 's', which the sentence in line 2 has, too; expected one of its own"
            + " for each sentence");
  }

  @Example
  void differingFilesAreRefusedWithBothLines() throws IOException {
    String id = "# sent_id = s\n";
    String base = id + "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tb\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    String end =
        "; both files must have the same sentences in the same order, or a # sent_id before each";
    List<TaggedSentence> into = read(BASE, base);
    refused(
        into, id + "a\tO\n\n\nc\tO\nd\tO\n", "corpus.txt:4: 'b', but corpus.txt:5: 'c d'" + end);
    refused(
        into, "a\tO\n", "corpus.txt:4: 'b', but corpus.txt ends after line 1 (sentence 1)" + end);
    refused(
        into,
        "a\tO\n\nb\tO\n\nc\tO\n",
        "corpus.txt:5: 'c', but corpus.txt ends after line 4 (sentence 2)" + end);
  }

  private static void refused(List<TaggedSentence> into, String from, String message)
      throws IOException {
    List<TaggedSentence> others = read(UNER, from);
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> TagMerge.of("ner", into, others))
        .withMessage(message);
  }

  private static List<String> merged(String base, String from) throws IOException {
    TagMerge merge = TagMerge.of("ner", read(BASE, base), read(UNER, from));
    return merge.sentences().get(0).tags("ner").tags();
  }

  private static TaggedSentence untagged(List<String> forms) {
    return TaggedSentence.untagged(Sentence.of(forms));
  }

  private static TaggedSentence tagged(List<String> forms, List<String> tags) {
    return new TaggedSentence(Sentence.of(forms), Map.of("ner", TagSequence.of(tags)));
  }

  /** One to twelve characters. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= random.nextInt(12); i++) {
      text.append("abé東".charAt(random.nextInt(4)));
    }
    return text.toString();
  }

  /** The text split into tokens, some with a space inside. */
  private static List<String> tokens(Random random, String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      token.append(text.charAt(i));
      if (i + 1 == text.length() || random.nextInt(2) == 0) {
        tokens.add(token.toString());
        token.setLength(0);
      } else if (random.nextInt(6) == 0) {
        token.append(' ');
      }
    }
    return tokens;
  }

  private static List<Mention> mentions(Random random, int size) {
    List<Mention> mentions = new ArrayList<>();
    for (int i = random.nextInt(3); i < size; i += random.nextInt(3)) {
      int end = Math.min(size, i + 1 + random.nextInt(3));
      mentions.add(new Mention(new Span(i, end), random.nextBoolean() ? "X" : "Y"));
      i = end;
    }
    return mentions;
  }

  /** CoNLL-U rows, some with tags of an earlier merge. */
  private static String rows(Random random, List<String> forms) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < forms.size(); i++) {
      String misc =
          List.of("_", "SpaceAfter=No", "A=1|NER=B-Z", "NER=O", "NER=_").get(random.nextInt(5));
      rows.append(i + 1).append('\t').append(forms.get(i)).append("\t_".repeat(7)).append('\t');
      rows.append(misc).append('\n');
    }
    return rows.toString();
  }

  private static String columns(Random random, List<String> forms, boolean missing) {
    List<String> tags = TagScheme.IOB2.tags(forms.size(), mentions(random, forms.size()));
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < forms.size(); i++) {
      rows.append(forms.get(i)).append('\t').append(missing ? "_" : tags.get(i)).append('\n');
    }
    return rows.append('\n').toString();
  }

  private static String withoutNer(String file) {
    return file.replaceAll("\\|NER=[^|\n]*", "").replaceAll("NER=[^|\n]*", "_");
  }
}
