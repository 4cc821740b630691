package io.github.rnnotator.lucene;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.segment.TinySegmenters;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;

/** Analyzers for tests: a model and what follows the tokenizer. */
record Chains(Tagger tagger, TextSegmenter segmenter, boolean discardPunctuation) {
  /** The filters after the tokenizer. */
  interface Filters {
    TokenStream after(TokenStream words);
  }

  private static final class English {
    private static final Chains CHAINS = read();

    private static Chains read() {
      try {
        return of(Tagger.bundled("en-fast"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Chains of(Tagger tagger) {
    return new Chains(tagger, TextSegmenter.of(tagger.model()), true);
  }

  /** The bundled model, read on first use. */
  static Chains english() {
    return English.CHAINS;
  }

  /** Random weights: words are cut, tagged and named anywhere, so that only the code decides. */
  static Chains random(long seed) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    heads.put("upos", HeadConfig.softmax());
    heads.put("lemma", HeadConfig.lemma().minCount(1).dictionary(true));
    heads.put("ner", HeadConfig.crf(TagScheme.IOBES));
    TaggerConfig config =
        TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, heads)
            .input(
                InputConfig.defaults()
                    .heads(Map.of("upos", "upos", "lemma", "lemma", "ner", "ner")));
    TaggedSentence sentence =
        new TaggedSentence(
            Sentence.of("Ada", "Bea", "was", "don't", "a", "b", "c", "d"),
            Map.of(
                "upos", TagSequence.of("NOUN", "NOUN", "VERB", "VERB", "DET", "X", "X", "X"),
                "lemma", TagSequence.of("Ada", "bea", "be", "do", "an", "b", "cc", "d"),
                "ner", TagSequence.of("B-PER", "I-PER", "O", "O", "B-X", "I-X", "I-X", "I-X")));
    return new Chains(
        new Tagger(TinyTaggers.untrained(config, List.of(sentence), 1.5f, seed)),
        TextSegmenter.of(TinySegmenters.random(seed, "Yahoo!")),
        true);
  }

  Chains keepingPunctuation() {
    return new Chains(tagger, segmenter, false);
  }

  Tokenizer tokenizer() {
    return new RnnotatorTokenizer(
        TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
        tagger,
        segmenter,
        RnnotatorTokenizer.MAX_TOKEN_LENGTH,
        discardPunctuation);
  }

  Analyzer analyzer(Filters filters) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = tokenizer();
        return new TokenStreamComponents(words, filters.after(words));
      }
    };
  }

  /** Words as written and lemmas, both in lower case, and names. */
  static TokenStream all(TokenStream words) {
    TokenStream repeated = new KeywordRepeatFilter(words);
    TokenStream lemmas = new RnnotatorLemmaFilter(repeated, "lemma");
    TokenStream distinct = new RemoveDuplicatesTokenFilter(new LowerCaseFilter(lemmas));
    return new RnnotatorNamesFilter(
        new RnnotatorPartOfSpeechFilter(
            new RnnotatorPartOfSpeechFilter(
                distinct, "upos", RnnotatorPartOfSpeechFilter.Target.PAYLOAD),
            "upos",
            RnnotatorPartOfSpeechFilter.Target.TYPE));
  }
}
