package io.github.rnnotator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TypeMapTest {
  private static final List<String> TYPES = List.of("writer", "poet", "city", "award");
  private static final TypeMap MAP =
      TypeMap.of(Map.of("writer", "PER", "poet", "PER", "city", "LOC", "*", "O"));

  /** In every scheme in which neighbours of two types are told apart. */
  @Property(tries = 500)
  void mentionsKeepTheirPlacesAndGetTheirTypes(@ForAll long seed) {
    Random random = new Random(seed);
    List<TagScheme> schemes = new ArrayList<>(List.of(TagScheme.values()));
    TagScheme scheme = schemes.get(random.nextInt(schemes.size()));
    List<Mention> mentions = new ArrayList<>();
    int at = 0;
    String last = "";
    while (at < 12) {
      int begin = at + random.nextInt(3);
      int end = begin + 1 + random.nextInt(3);
      String type = TYPES.get(random.nextInt(TYPES.size()));
      if (scheme == TagScheme.IO && begin == at && type.equals(last)) {
        begin++;
        end++;
      }
      mentions.add(new Mention(new Span(begin, end), type));
      last = type;
      at = end;
    }
    List<Mention> expected =
        mentions.stream()
            .filter(mention -> !mention.type().equals("award"))
            .map(m -> new Mention(m.span(), m.type().equals("city") ? "LOC" : "PER"))
            .toList();
    List<String> mapped = MAP.apply(scheme.tags(at, mentions));
    TagScheme reading = scheme == TagScheme.IO ? TagScheme.IOB1 : scheme;
    assertThat(reading.mentions(mapped)).isEqualTo(expected);
  }

  @Test
  void neighboursOfOneNewTypeStayApart() {
    assertThat(MAP.apply(List.of("I-writer", "I-poet", "I-poet", "B-poet", "I-city")))
        .containsExactly("I-PER", "B-PER", "I-PER", "B-PER", "I-LOC");
  }

  @Test
  void missingTagsStayMissing() {
    assertThat(MAP.apply(List.of("", "I-writer", "", "O"))).containsExactly("", "I-PER", "", "O");
  }

  @Test
  void nullDropsAType() {
    Map<String, String> types = new HashMap<>();
    types.put("award", null);
    types.put("city", "city");
    assertThat(TypeMap.of(types).apply(List.of("B-award", "B-city")))
        .containsExactly("O", "B-city");
  }

  @Test
  void typeThatIsNotNamedIsRefusedWithTheRemedy() {
    TypeMap map = TypeMap.of(Map.of("writer", "PER"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.apply(List.of("I-city")))
        .withMessage(
            "'I-city' has a type that is not among writer; add city: city to keep it, city: O to"
                + " drop it, or '*': O to drop all others");
  }
}
