package io.github.rnnotator.data;

import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Renames the types of mentions: {@code {politician: PER, band: ORG, misc: O}}. A mention whose
 * type becomes {@code O} is dropped. Mentions stay apart: two neighbours of different types that
 * get the same type do not merge.
 *
 * <pre>{@code
 * TypeMap.of(Map.of("politician", "PER", "*", "O"))
 *     .apply(List.of("B-politician", "I-politician", "O", "B-award"));  // B-PER I-PER O O
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param types the new type of each type, {@code O} to drop its mentions; {@link #OTHERS} for all
 *     types that are not named
 */
public record TypeMap(Map<String, String> types) {
  /** Stands for all types that a map does not name. */
  public static final String OTHERS = "*";

  /** Copies the map. */
  public TypeMap {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** Creates a map; null is {@code O}. */
  public static TypeMap of(Map<String, @Nullable String> types) {
    Map<String, String> complete = new LinkedHashMap<>();
    types.forEach((from, to) -> complete.put(from, to == null ? TagScheme.OUTSIDE : to));
    return new TypeMap(complete);
  }

  /**
   * Returns a sentence whose chunk tags have the new types.
   *
   * @param heads those with chunk tags
   * @throws CorpusException if a type has no new type
   */
  public TaggedSentence apply(TaggedSentence sentence, Set<String> heads) throws CorpusException {
    Map<String, TagSequence> all = new LinkedHashMap<>(sentence.tags());
    for (Map.Entry<String, TagSequence> head : all.entrySet()) {
      if (heads.contains(head.getKey())) {
        List<String> tags = head.getValue().tags();
        for (int i = 0; i < tags.size(); i++) {
          if (isInside(tags.get(i)) && to(tags.get(i)) == null) {
            throw new CorpusException(
                sentence.origin().file(), sentence.origin().line(i), problem(tags.get(i)));
          }
        }
        head.setValue(TagSequence.of(apply(tags)));
      }
    }
    return sentence.with(all);
  }

  /** Returns a reader of the same sentences with the new types, see {@link #apply}. */
  public SentenceReader of(SentenceReader reader, Set<String> heads) {
    return new SentenceReader() {
      @Override
      public Optional<TaggedSentence> read() throws IOException {
        Optional<TaggedSentence> sentence = reader.read();
        return sentence.isPresent() ? Optional.of(apply(sentence.get(), heads)) : sentence;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  /** Returns why a tag has no new type and what to do. */
  private String problem(String tag) {
    String type = type(tag);
    return "'%s' has a type that is not among %s; add %s: %s to keep it, %s: O to drop it, or '%s':"
            .formatted(tag, String.join(", ", types.keySet()), type, type, type, OTHERS)
        + " O to drop all others";
  }

  /**
   * Returns tags with the new types; {@code O} and missing tags stay.
   *
   * @throws IllegalArgumentException if a type has no new type
   */
  public List<String> apply(List<String> tags) {
    List<String> mapped = new ArrayList<>(tags.size());
    String before = TagScheme.OUTSIDE;
    for (String tag : tags) {
      mapped.add(mapped(before, mapped.isEmpty() ? before : mapped.get(mapped.size() - 1), tag));
      before = tag;
    }
    return mapped;
  }

  /**
   * Returns the new tag of a token.
   *
   * @param before the tag of the token before it
   * @param mappedBefore its new tag
   */
  private String mapped(String before, String mappedBefore, String tag) {
    if (!isInside(tag)) {
      return tag;
    }
    String to = to(tag);
    if (to == null) {
      throw new IllegalArgumentException(problem(tag));
    }
    if (to.equals(TagScheme.OUTSIDE)) {
      return to;
    }
    boolean wouldMerge =
        tag.charAt(0) == 'I'
            && isInside(before)
            && isInside(mappedBefore)
            && !type(before).equals(type(tag))
            && type(mappedBefore).equals(to);
    return (wouldMerge ? 'B' : tag.charAt(0)) + (to.isEmpty() ? "" : "-" + to);
  }

  private @Nullable String to(String tag) {
    String to = types.get(type(tag));
    return to == null ? types.get(OTHERS) : to;
  }

  private static boolean isInside(String tag) {
    return TagScheme.typeOf(tag).isPresent();
  }

  private static String type(String tag) {
    return TagScheme.typeOf(tag).orElse("");
  }
}
