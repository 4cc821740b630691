package io.github.rnnotator.eval.align;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.SurfaceToken;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TextCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A written unit and its characters; none where it is white space or invisible. */
record WrittenUnit(SurfaceToken token, String characters) {
  /** Returns the units of a sentence; none where all are white space or invisible. */
  static List<WrittenUnit> of(TaggedSentence sentence) {
    List<WrittenUnit> units =
        sentence.sentence().surface().stream()
            .map(token -> new WrittenUnit(token, TextCharacters.of(token.form())))
            .toList();
    return units.stream().allMatch(unit -> unit.characters().isEmpty()) ? List.of() : units;
  }

  /**
   * Returns the words of the unit.
   *
   * @param metrics the metrics of their tags
   * @param begin where its characters begin in the text
   * @param end where they end
   */
  List<WordAligner.Word> words(
      TaggedSentence sentence, List<WordMetric> metrics, long begin, long end) {
    List<WordAligner.Word> words = new ArrayList<>();
    boolean multiword = token.isMultiword();
    for (int i = token.words().begin(); i < token.words().end(); i++) {
      int word = i;
      List<String> tags = metrics.stream().map(metric -> metric.key(sentence, word)).toList();
      String form = multiword ? LookupForm.of(sentence.sentence().form(i)) : characters;
      words.add(new WordAligner.Word(begin, end, multiword, form.toLowerCase(Locale.ROOT), tags));
    }
    return words;
  }

  /** Returns the tags of a head, all missing if the sentence does not have it. */
  static TagSequence tags(TaggedSentence sentence, String head) {
    TagSequence found = sentence.tags().get(head);
    return found == null ? TagSequence.missing(sentence.size()) : found;
  }
}
