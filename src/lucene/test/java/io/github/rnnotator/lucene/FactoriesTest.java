package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilterFactory;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.TokenizerFactory;
import org.apache.lucene.analysis.custom.CustomAnalyzer;
import org.apache.lucene.util.AttributeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lucene finds the factories by name, and parameters have Lucene's form. */
class FactoriesTest {
  @TempDir Path folder;

  private static List<String> terms(Analyzer analyzer, String text) throws IOException {
    try (analyzer) {
      return FoundToken.of(analyzer, text).stream().map(FoundToken::at).toList();
    }
  }

  @Test
  void aChainIsBuiltByNames() throws IOException {
    Analyzer analyzer =
        CustomAnalyzer.builder()
            .withTokenizer("rnnotator", "model", "en-fast")
            .addTokenFilter("keywordRepeat")
            .addTokenFilter("rnnotatorLemma")
            .addTokenFilter("removeDuplicates")
            .addTokenFilter("lowercase")
            .addTokenFilter("rnnotatorPartOfSpeech", "as", "payload", "head", "xpos")
            .addTokenFilter("rnnotatorNames", "types", "PER=person, LOC = place")
            .build();
    assertThat(terms(analyzer, "Jane Adams went to Berlin."))
        .containsExactly(
            "jane@0",
            "person:jane adams@0+2",
            "adams@1",
            "went@2",
            "go@2",
            "to@3",
            "berlin@4",
            "place:berlin@4");
  }

  @Test
  void punctuationMayBeKept() throws IOException {
    for (String discard : List.of("true", "false")) {
      CustomAnalyzer.Builder builder =
          CustomAnalyzer.builder()
              .withTokenizer("rnnotator", "model", "en-fast", "discardPunctuation", discard);
      assertThat(terms(builder.build(), "Well, we left."))
          .isEqualTo(
              discard.equals("true")
                  ? List.of("Well@0", "we@1", "left@2")
                  : List.of("Well@0", ",@1", "we@2", "left@3", ".@4"));
    }
  }

  @Test
  void theNamesAreThoseOfTheClasses() {
    assertThat(TokenizerFactory.lookupClass(RnnotatorTokenizerFactory.NAME))
        .isEqualTo(RnnotatorTokenizerFactory.class);
    for (Class<? extends TokenFilterFactory> type :
        List.of(
            RnnotatorPartOfSpeechFilterFactory.class,
            RnnotatorLemmaFilterFactory.class,
            RnnotatorNamesFilterFactory.class)) {
      String name = type.getSimpleName().replace("FilterFactory", "").replace("Rnn", "rnn");
      assertThat(TokenFilterFactory.lookupClass(name)).isEqualTo(type);
    }
  }

  @Test
  void lineBreaksMayEndSentences() throws IOException {
    for (String lineBreaks : List.of("wrap", "end_sentence")) {
      Set<TaggedSentence> sentences = new HashSet<>();
      try (Analyzer analyzer =
              CustomAnalyzer.builder()
                  .withTokenizer("rnnotator", "model", "en-fast", "lineBreaks", lineBreaks)
                  .build();
          TokenStream stream = analyzer.tokenStream("text", "It was late,\nand so we left.")) {
        TaggedWordAttribute word = stream.getAttribute(TaggedWordAttribute.class);
        stream.reset();
        while (stream.incrementToken()) {
          sentences.add(word.word().sentence());
        }
        stream.end();
      }
      assertThat(sentences).as(lineBreaks).hasSize(lineBreaks.equals("wrap") ? 1 : 2);
    }
  }

  @Test
  void aModelMayBeAResource() throws IOException {
    for (String name : List.of("own.rnn", "mymodel")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        ModelFile.write(out, Chains.random(3).tagger().model(), Safetensors.Type.F32);
      }
      assertThat(
              terms(
                  CustomAnalyzer.builder(folder).withTokenizer("rnnotator", "model", name).build(),
                  "Ada was here"))
          .isNotEmpty();
    }
    Files.writeString(folder.resolve("broken.rnn"), "not a model");
    assertThatThrownBy(
            () -> CustomAnalyzer.builder(folder).withTokenizer("rnnotator", "model", "broken.rnn"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("broken.rnn");
    assertThatThrownBy(
            () -> CustomAnalyzer.builder(folder).withTokenizer("rnnotator", "model", "none.rnn"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.rnn");
    assertThatThrownBy(() -> CustomAnalyzer.builder().withTokenizer("rnnotator", "model", "xx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no bundled model 'xx', only ")
        .hasMessageContaining(", and no model file of that name: ");
    assertThatThrownBy(() -> CustomAnalyzer.builder().withTokenizer("rnnotator", "model", "ko"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("add io.github.rnnotator:rnnotator-model-ko");
  }

  @Test
  void wrongParametersAreRefused() {
    assertThatThrownBy(() -> new RnnotatorTokenizerFactory(args("modle", "en")))
        .hasMessage("Unknown parameters: {modle=en}");
    assertThatThrownBy(() -> new RnnotatorTokenizerFactory(args("lineBreaks", "none")))
        .hasMessage("lineBreaks is 'none', expected one of [wrap, end_sentence]");
    assertThatThrownBy(() -> new RnnotatorTokenizerFactory(args("maxTokenLength", "0")))
        .hasMessage("maxTokenLength is 0, expected at least 1");
    assertThatThrownBy(() -> new RnnotatorPartOfSpeechFilterFactory(args("as", "term")))
        .hasMessage("as is 'term', expected one of [type, payload]");
    assertThatThrownBy(() -> new RnnotatorLemmaFilterFactory(args("as", "type")))
        .hasMessage("Unknown parameters: {as=type}");
    for (String types : List.of("PER", "=person", "PER=", "", "PER=person,")) {
      assertThatThrownBy(() -> new RnnotatorNamesFilterFactory(args("types", types)))
          .hasMessageContaining("types is '" + types + "', expected pairs");
    }
    assertThatThrownBy(
            () ->
                new RnnotatorTokenizerFactory(args("model", "en-fast"))
                    .create(AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call inform(ResourceLoader) first");
  }

  private static Map<String, String> args(String name, String value) {
    return new HashMap<>(Map.of(name, value));
  }
}
