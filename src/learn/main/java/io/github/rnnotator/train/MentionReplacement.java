package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.augment.Particles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Replaces mentions by others of the same type from the training data, so that the network learns
 * the context of a mention rather than the few names that occurred there (mention replacement, Dai
 * &amp; Adel 2020, section 3).
 *
 * <p>A mention in capitals replaces only one in capitals, so that headlines stay headlines; with
 * several sources, one in lower case only one in lower case, since a corpus may have no other. The
 * tags of other heads move with their words, so that a mention comes from a sentence with at least
 * the heads of the one that it moves to.
 *
 * <p>Where names end inside their last token ({@link Mention#suffixHead}), half of the replacements
 * are names of sentences that do not tell where they end, such as those of a Korean corpus without
 * particles; such a name gets the particles of the one that it replaces.
 */
final class MentionReplacement {
  private final String head;
  private final TagScheme scheme;
  private final float share;

  /** Whether lower case is a kind of its own. */
  private final boolean lowerCase;

  /**
   * Mentions of the training data by type and letters, as often as they occur, for sentences with
   * these heads.
   */
  private final Map<Set<String>, Map<Kind, List<TaggedSentence>>> mentions = new LinkedHashMap<>();

  /** Names of sentences that lack the suffixes of these heads, likewise. */
  private final Map<Set<String>, Map<Kind, List<TaggedSentence>>> names = new LinkedHashMap<>();

  private record Kind(String type, boolean capitals, boolean lower) {}

  private MentionReplacement(String head, TagScheme scheme, float share, boolean lowerCase) {
    this.head = head;
    this.scheme = scheme;
    this.share = share;
    this.lowerCase = lowerCase;
  }

  /**
   * Collects the mentions of sentences.
   *
   * @param train the sentences by source
   * @param labels maps a head's name to its labels; mentions are those of the first head with a
   *     scheme
   * @param share the fraction of mentions to replace, in {@code [0, 1]}
   * @return empty if no head has a scheme
   */
  static Optional<MentionReplacement> of(Dataset train, Map<String, Labels> labels, float share) {
    for (Map.Entry<String, Labels> entry : labels.entrySet()) {
      TagScheme scheme = entry.getValue().fileScheme();
      if (scheme != null) {
        boolean lowerCase = train.bySource().size() > 1;
        MentionReplacement replacement =
            new MentionReplacement(entry.getKey(), scheme, share, lowerCase);
        List<TaggedSentence> sentences = train.sentences();
        Set<Set<String>> kinds = new LinkedHashSet<>();
        sentences.forEach(sentence -> kinds.add(sentence.tags().keySet()));
        for (Set<String> heads : kinds) {
          if (heads.contains(entry.getKey())) {
            replacement.learn(sentences, heads);
          }
        }
        return Optional.of(replacement);
      }
    }
    return Optional.empty();
  }

  private void learn(List<TaggedSentence> train, Set<String> heads) {
    Map<Kind, List<TaggedSentence>> own = new LinkedHashMap<>();
    for (TaggedSentence sentence : train) {
      if (sentence.tags().keySet().containsAll(heads)) {
        learn(sentence, own);
      }
    }
    mentions.put(heads, own);
    String suffixes = Mention.suffixHead(head);
    Map<Kind, List<TaggedSentence>> bare = new LinkedHashMap<>();
    if (heads.contains(suffixes)) {
      Set<String> others = new LinkedHashSet<>(heads);
      others.remove(suffixes);
      for (TaggedSentence sentence : train) {
        if (sentence.tags().keySet().containsAll(others) && !sentence.has(suffixes)) {
          learn(sentence, bare);
        }
      }
    }
    names.put(heads, bare);
  }

  private void learn(TaggedSentence sentence, Map<Kind, List<TaggedSentence>> own) {
    for (Mention mention : scheme.mentions(sentence.tags(head).tags())) {
      if (!isWhole(sentence, mention.span())) {
        continue;
      }
      own.computeIfAbsent(kind(sentence, mention), kind -> new ArrayList<>())
          .add(stretch(sentence, mention.span()));
    }
  }

  /** Returns whether a mention is complete: next to an untagged token it might continue. */
  private boolean isWhole(TaggedSentence sentence, Span span) {
    TagSequence tags = sentence.tags(head);
    return (span.begin() == 0 || tags.has(span.begin() - 1))
        && (span.end() == tags.size() || tags.has(span.end()));
  }

  private Kind kind(TaggedSentence sentence, Mention mention) {
    Span span = mention.span();
    String text = String.join("", sentence.sentence().forms().subList(span.begin(), span.end()));
    boolean lower = lowerCase && text.chars().noneMatch(Character::isUpperCase);
    return new Kind(mention.type(), text.chars().noneMatch(Character::isLowerCase), lower);
  }

  private static TaggedSentence stretch(TaggedSentence sentence, Span span) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    sentence
        .tags()
        .forEach(
            (head, all) ->
                tags.put(head, TagSequence.of(all.tags().subList(span.begin(), span.end()))));
    Sentence all = sentence.sentence();
    return new TaggedSentence(
        Sentence.of(all.forms().subList(span.begin(), span.end()))
            .withInputs(all.inputs().subList(span.begin(), span.end())),
        tags);
  }

  /** Returns the sentence with some of its mentions replaced, or itself if none is. */
  TaggedSentence replace(TaggedSentence sentence, RandomGenerator random) {
    Map<Kind, List<TaggedSentence>> own = mentions.get(sentence.tags().keySet());
    if (own == null) {
      return sentence;
    }
    List<TaggedSentence> parts = new ArrayList<>();
    List<Mention> placed = new ArrayList<>();
    int read = 0;
    int length = 0;
    boolean changed = false;
    for (Mention mention : sentence.mentions(head, scheme)) {
      Span span = mention.span();
      if (span.begin() > read) {
        parts.add(stretch(sentence, new Span(read, span.begin())));
        length += span.begin() - read;
      }
      Kind kind = kind(sentence, mention);
      List<TaggedSentence> others = own.getOrDefault(kind, List.of());
      boolean replaced = !others.isEmpty() && isWhole(sentence, span) && random.nextFloat() < share;
      List<TaggedSentence> bare =
          names.getOrDefault(sentence.tags().keySet(), Map.of()).getOrDefault(kind, List.of());
      TaggedSentence part = stretch(sentence, span);
      if (replaced && !bare.isEmpty() && random.nextBoolean()) {
        part = withSuffix(bare.get(random.nextInt(bare.size())), mention.tail(sentence.sentence()));
      } else if (replaced) {
        part = others.get(random.nextInt(others.size()));
      }
      parts.add(part);
      placed.add(new Mention(new Span(length, length + part.size()), mention.type()));
      length += part.size();
      read = span.end();
      changed |= replaced;
    }
    if (!changed) {
      return sentence;
    }
    if (read < sentence.size()) {
      parts.add(stretch(sentence, new Span(read, sentence.size())));
    }
    return joined(parts, sentence.tags().keySet(), placed);
  }

  /** Returns a name that ends with its last token, followed by the particles of another one. */
  private TaggedSentence withSuffix(TaggedSentence name, String particles) {
    List<String> forms = new ArrayList<>(name.sentence().forms());
    int last = forms.size() - 1;
    String suffix = Particles.after(forms.get(last), particles);
    forms.set(last, forms.get(last) + suffix);
    List<String> suffixes = new ArrayList<>(Collections.nCopies(last, TagSequence.MISSING));
    suffixes.add(String.valueOf(suffix.codePointCount(0, suffix.length())));
    Map<String, TagSequence> tags = new LinkedHashMap<>(name.tags());
    tags.put(Mention.suffixHead(head), TagSequence.of(suffixes));
    return new TaggedSentence(Sentence.of(forms).withInputs(name.sentence().inputs()), tags);
  }

  private TaggedSentence joined(
      List<TaggedSentence> parts, Iterable<String> heads, List<Mention> placed) {
    List<String> forms = new ArrayList<>();
    List<List<String>> inputs = new ArrayList<>();
    parts.forEach(part -> forms.addAll(part.sentence().forms()));
    parts.forEach(part -> inputs.addAll(part.sentence().inputs()));
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    for (String name : heads) {
      List<String> all = new ArrayList<>();
      if (name.equals(head)) {
        // Recomputed, since whether a mention begins with B may depend on its neighbours.
        List<String> given = new ArrayList<>();
        parts.forEach(part -> given.addAll(part.tags(name).tags()));
        List<String> recomputed = scheme.tags(forms.size(), placed);
        for (int i = 0; i < given.size(); i++) {
          all.add(TagSequence.isMissing(given.get(i)) ? TagSequence.MISSING : recomputed.get(i));
        }
      } else {
        parts.forEach(part -> all.addAll(part.tags(name).tags()));
      }
      tags.put(name, TagSequence.of(all));
    }
    return new TaggedSentence(Sentence.of(forms).withInputs(inputs), tags);
  }
}
