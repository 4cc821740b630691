package io.github.rnnotator.uima;

import static org.apache.uima.fit.factory.AnalysisEngineFactory.createEngine;
import static org.apache.uima.fit.factory.AnalysisEngineFactory.createEngineDescription;
import static org.apache.uima.fit.factory.ExternalResourceFactory.createResourceDescription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.morph.MorphologicalFeatures;
import de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.SurfaceForm;
import de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.segment.TinySegmenters;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.uima.UIMAFramework;
import org.apache.uima.analysis_engine.AnalysisEngine;
import org.apache.uima.analysis_engine.AnalysisEngineDescription;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.impl.XmiCasSerializer;
import org.apache.uima.fit.factory.JCasFactory;
import org.apache.uima.fit.pipeline.SimplePipeline;
import org.apache.uima.jcas.JCas;
import org.apache.uima.resource.ResourceManager;
import org.apache.uima.util.XMLInputSource;
import org.dkpro.core.tokit.AnnotationByLengthFilter;
import org.dkpro.core.tokit.BreakIteratorSegmenter;
import org.dkpro.core.tokit.LineBasedSentenceSegmenter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine writes, alone and in pipelines with components of DKPro Core. */
class RnnotatorAnnotatorTest {
  private static final String TEXT = "Jane Adams wasn't in Berlin. The mice went home.";

  @TempDir Path folder;

  private static AnalysisEngine engine;

  @BeforeAll
  static void create() throws Exception {
    engine = fast();
  }

  private static AnalysisEngine fast(Object... more) throws Exception {
    List<Object> parameters =
        new ArrayList<>(List.of(RnnotatorAnnotator.PARAM_MODEL_LOCATION, "en-fast"));
    parameters.addAll(List.of(more));
    return createEngine(RnnotatorAnnotator.class, parameters.toArray());
  }

  // ---- Text -------------------------------------------------------------------------------------

  @Test
  void aTextGetsSentencesTokensTagsAndNames() throws Exception {
    JCas cas = Cases.text(TEXT);
    engine.process(cas);
    assertThat(cas.select(Sentence.class).asList())
        .extracting(Sentence::getCoveredText)
        .containsExactly("Jane Adams wasn't in Berlin.", "The mice went home.");
    assertThat(Cases.tokens(cas))
        .contains(
            "Jane/POS_PROPN/NNP/Jane",
            "n't/POS_PART/RB/not",
            "mice/POS_NOUN/NNS/mouse",
            "went/POS_VERB/VBD/go",
            "./POS_PUNCT/./.");
    assertThat(Cases.names(cas)).containsExactly("Person:Jane Adams", "Location:Berlin");
    assertThat(cas.select(SurfaceForm.class).asList())
        .extracting(SurfaceForm::getValue, SurfaceForm::getCoveredText)
        .containsExactly(tuple("wasn't", "wasn't"));
    Token mice = cas.select(Token.class).get(8);
    assertThat(mice.getText()).isEqualTo("mice");
    assertThat(mice.getMorph().getValue()).isEqualTo("Number=Plur");
    assertThat(mice.getMorph().getNumber()).isEqualTo("Plur");
    assertThat(mice.getPos().getCoarseValue()).isEqualTo("NOUN");
  }

  @Test
  void theTagsAreThoseOfTheLibrary() throws Exception {
    String text = Files.readString(Path.of("corpora/sample/en.txt"));
    JCas cas = Cases.text(text);
    engine.process(cas);
    Document document = Annotator.bundled("en-fast").annotate(text);
    List<TaggedToken> expected = document.tokens();
    List<Token> tokens = cas.select(Token.class).asList();
    assertThat(tokens).hasSameSizeAs(expected).hasSizeGreaterThan(100);
    for (int i = 0; i < tokens.size(); i++) {
      TaggedToken word = expected.get(i);
      Token token = tokens.get(i);
      assertThat(token.getBegin()).isEqualTo(word.begin());
      assertThat(token.getEnd()).isEqualTo(word.end());
      assertThat(token.getText()).isEqualTo(word.form());
      assertThat(token.getPosValue()).isEqualTo(word.tag("xpos"));
      assertThat(token.getPos().getCoarseValue()).isEqualTo(word.tag("upos"));
      assertThat(token.getLemmaValue()).isEqualTo(word.tag("lemma"));
    }
    assertThat(Cases.names(cas)).hasSameSizeAs(document.mentions("ner"));
  }

  @Test
  void aBlankTextStaysEmpty() throws Exception {
    for (String text : new String[] {"", " \n", null}) {
      JCas cas = JCasFactory.createJCas();
      if (text != null) {
        cas.setDocumentText(text);
      }
      engine.process(cas);
      assertThat(cas.select(Token.class).asList()).isEmpty();
      assertThat(cas.select(Sentence.class).asList()).isEmpty();
    }
  }

  /** A model with random weights writes the words of a multiword token that are not its parts. */
  @Test
  void theWordsOfAMultiwordTokenHaveFormsOfTheirOwn() throws Exception {
    Path file = folder.resolve("random.rnn");
    List<String> forms = new ArrayList<>();
    for (int seed = 1; seed <= 20 && !forms.contains("de"); seed++) {
      TaggerModel model =
          TinyTaggers.untrained(TinyTaggers.analysis(true), TinyTaggers.analysed(5), 0.5f, seed)
              .withSegmenter(TinySegmenters.random(seed, "don't"));
      try (OutputStream out = Files.newOutputStream(file)) {
        ModelFile.write(out, model, Safetensors.Type.F32);
      }
      JCas cas = Cases.text("da");
      createEngine(
              RnnotatorAnnotator.class, RnnotatorAnnotator.PARAM_MODEL_LOCATION, file.toString())
          .process(cas);
      cas.select(Token.class).forEach(token -> forms.add(token.getText()));
      cas.select(Token.class).forEach(token -> assertThat(token.getCoveredText()).isEqualTo("da"));
    }
    assertThat(forms).contains("da", "de", "a");
  }

  // ---- Tokens of others -------------------------------------------------------------------------

  @Test
  void tokensOfAnotherComponentAreTaggedAndKept() throws Exception {
    JCas cas = Cases.text(TEXT);
    SimplePipeline.runPipeline(
        cas,
        createEngineDescription(BreakIteratorSegmenter.class),
        createEngineDescription(
            RnnotatorAnnotator.class, RnnotatorAnnotator.PARAM_MODEL_LOCATION, "en-fast"),
        // Reads what ours has written: removes short lemmas.
        createEngineDescription(
            AnnotationByLengthFilter.class,
            AnnotationByLengthFilter.PARAM_FILTER_ANNOTATION_TYPES,
            Lemma.class.getName(),
            AnnotationByLengthFilter.PARAM_MIN_LENGTH,
            3));
    JCas alone = Cases.text(TEXT);
    SimplePipeline.runPipeline(alone, createEngineDescription(BreakIteratorSegmenter.class));
    assertThat(cas.select(Token.class).asList())
        .extracting(Token::getBegin, Token::getEnd)
        .containsExactlyElementsOf(
            alone.select(Token.class).asList().stream()
                .map(t -> tuple(t.getBegin(), t.getEnd()))
                .toList());
    assertThat(cas.select(Sentence.class).asList())
        .hasSameSizeAs(alone.select(Sentence.class).asList());
    assertThat(cas.select(POS.class).asList()).hasSameSizeAs(cas.select(Token.class).asList());
    assertThat(Cases.names(cas)).containsExactly("Person:Jane Adams", "Location:Berlin");
    assertThat(cas.select(Lemma.class).asList())
        .extracting(Lemma::getCoveredText)
        .contains("mice", "home")
        .doesNotContain("in", ".");
  }

  @Test
  void sentencesOfAnotherComponentAreKept() throws Exception {
    String text = "We left. They stayed\nJane Adams met us";
    JCas cas = Cases.text(text);
    SimplePipeline.runPipeline(
        cas,
        createEngineDescription(LineBasedSentenceSegmenter.class),
        createEngineDescription(
            RnnotatorAnnotator.class, RnnotatorAnnotator.PARAM_MODEL_LOCATION, "en-fast"));
    assertThat(cas.select(Sentence.class).asList())
        .extracting(Sentence::getCoveredText)
        .containsExactly("We left. They stayed", "Jane Adams met us");
    assertThat(cas.select(Token.class).asList())
        .extracting(Token::getCoveredText)
        .containsExactly("We", "left", ".", "They", "stayed", "Jane", "Adams", "met", "us");
    assertThat(Cases.names(cas)).containsExactly("Person:Jane Adams");
  }

  @Test
  void tokensWithoutSentencesAreReadTogetherAndTagsAreReplaced() throws Exception {
    JCas cas = Cases.text("mice went ");
    new Token(cas, 0, 4).addToIndexes();
    new Token(cas, 5, 9).addToIndexes();
    new Token(cas, 9, 9).addToIndexes();
    engine.process(cas);
    List<String> once = Cases.tokens(cas);
    assertThat(once).hasSize(3).contains("mice/POS_NOUN/NNS/mouse");
    engine.process(cas);
    assertThat(Cases.tokens(cas)).isEqualTo(once);
    assertThat(cas.select(POS.class).asList()).hasSize(3);
    assertThat(cas.select(Lemma.class).asList()).hasSize(2);
    assertThat(cas.select(Sentence.class).asList()).isEmpty();
  }

  @Test
  void aTokenWithoutTextHasNoLemma() throws Exception {
    JCas cas = Cases.text("mice  ");
    for (Token token : List.of(new Token(cas, 0, 4), new Token(cas, 4, 6), new Token(cas, 6, 6))) {
      token.setLemma(new Lemma(cas, token.getBegin(), token.getEnd()));
      token.getLemma().setValue("old");
      token.getLemma().addToIndexes();
      token.addToIndexes();
    }
    engine.process(cas);
    assertThat(cas.select(Token.class).asList())
        .extracting(Token::getText, Token::getLemmaValue)
        .containsExactly(tuple("mice", "mouse"), tuple("  ", null), tuple("", null));
    assertThat(cas.select(Lemma.class).asList()).hasSize(1);
  }

  @Test
  void aWordWithoutFeaturesKeepsNoOldOnes() throws Exception {
    JCas cas = Cases.text("mice in");
    for (Token token : List.of(new Token(cas, 0, 4), new Token(cas, 5, 7))) {
      token.setMorph(new MorphologicalFeatures(cas, token.getBegin(), token.getEnd()));
      token.getMorph().setValue("Case=Nom");
      token.getMorph().addToIndexes();
      token.addToIndexes();
    }
    engine.process(cas);
    assertThat(cas.select(Token.class).get(0).getMorph().getValue()).isEqualTo("Number=Plur");
    assertThat(cas.select(Token.class).get(1).getMorph()).isNull();
    assertThat(cas.select(MorphologicalFeatures.class).asList()).hasSize(1);
  }

  // ---- Parameters -------------------------------------------------------------------------------

  @Test
  void onlyTheChosenAnnotationsAreWritten() throws Exception {
    JCas cas = Cases.text(TEXT);
    fast(RnnotatorAnnotator.PARAM_WRITE, new String[] {"ner", "LEMMA"}).process(cas);
    assertThat(cas.select(POS.class).asList()).isEmpty();
    assertThat(cas.select(Token.class).asList()).allMatch(token -> token.getMorph() == null);
    assertThat(cas.select(Lemma.class).asList()).isNotEmpty();
    assertThat(Cases.names(cas)).hasSize(2);
  }

  @Test
  void wrongParametersAreRefusedWithTheirReason() {
    assertThatThrownBy(() -> fast(RnnotatorAnnotator.PARAM_WRITE, new String[] {"names"}))
        .rootCause()
        .hasMessage("write has 'names', expected any of [pos, morph, lemma, ner]");
    assertThatThrownBy(
            () ->
                createEngine(
                    RnnotatorAnnotator.class, RnnotatorAnnotator.PARAM_MODEL_LOCATION, "none.rnn"))
        .rootCause()
        .hasMessageContaining("none.rnn");
    assertThatThrownBy(
            () -> createEngine(RnnotatorAnnotator.class, RnnotatorAnnotator.PARAM_LANGUAGE, "fi"))
        .rootCause()
        .hasMessageContaining("no bundled model of the language 'fi' on the class path, only");
    assertThatThrownBy(
            () ->
                createEngine(RnnotatorAnnotator.class)
                    .process(JCasFactory.createText("Hei.", "fi")))
        .rootCause()
        .hasMessageContaining("no bundled model of the language 'fi'");
    assertThatThrownBy(
            () -> createEngine(RnnotatorAnnotator.class).process(JCasFactory.createText("Hi.")))
        .rootCause()
        .hasMessageContaining("rnnotator-model-en");
  }

  // ---- Shared models ----------------------------------------------------------------------------

  private static AnalysisEngineDescription withSharedModel() throws Exception {
    return createEngineDescription(
        RnnotatorAnnotator.class,
        RnnotatorAnnotator.RESOURCE_MODEL,
        createResourceDescription(
            RnnotatorModel.class, RnnotatorModel.PARAM_MODEL_LOCATION, "en-fast"));
  }

  @Test
  void enginesOfOneManagerShareAModel() throws Exception {
    AnalysisEngineDescription description = withSharedModel();
    ResourceManager manager = UIMAFramework.newDefaultResourceManager();
    List<Object> models = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      AnalysisEngine one = UIMAFramework.produceAnalysisEngine(description, manager, null);
      JCas cas = Cases.text(TEXT);
      one.process(cas);
      assertThat(Cases.names(cas)).containsExactly("Person:Jane Adams", "Location:Berlin");
      models.add(one.getUimaContext().getResourceObject(RnnotatorAnnotator.RESOURCE_MODEL));
    }
    assertThat(models.get(0)).isInstanceOf(RnnotatorModel.class);
    assertThat(models).allMatch(model -> model == models.get(0));
  }

  @Test
  void aPoolOfEnginesTagsFromManyThreads() throws Exception {
    AnalysisEngine pool = UIMAFramework.produceAnalysisEngine(withSharedModel(), 3, 0);
    JCas expected = Cases.text(TEXT);
    engine.process(expected);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<List<String>>> work = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        work.add(
            threads.submit(
                () -> {
                  JCas cas = Cases.text(TEXT);
                  pool.process(cas);
                  return Cases.tokens(cas);
                }));
      }
      for (Future<List<String>> result : work) {
        assertThat(result.get()).isEqualTo(Cases.tokens(expected));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // ---- UIMA's own files -------------------------------------------------------------------------

  @Test
  void aCasIsTheSameAfterXmi() throws Exception {
    JCas cas = Cases.text(TEXT);
    engine.process(cas);
    ByteArrayOutputStream xmi = new ByteArrayOutputStream();
    XmiCasSerializer.serialize(cas.getCas(), xmi);
    JCas read = JCasFactory.createJCas();
    XmiCasDeserializer.deserialize(new ByteArrayInputStream(xmi.toByteArray()), read.getCas());
    assertThat(Cases.tokens(read)).isEqualTo(Cases.tokens(cas));
    assertThat(Cases.names(read)).isEqualTo(Cases.names(cas));
  }

  /** Descriptors are XML files: the parameters survive one. */
  @Test
  void aDescriptorMayBeAFile() throws Exception {
    Path file = folder.resolve("tagger.xml");
    try (OutputStream out = Files.newOutputStream(file)) {
      createEngineDescription(
              RnnotatorAnnotator.class, RnnotatorAnnotator.PARAM_MODEL_LOCATION, "en-fast")
          .toXML(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    JCas cas = Cases.text(TEXT);
    createEngine(
            UIMAFramework.getXMLParser()
                .parseAnalysisEngineDescription(new XMLInputSource(file.toFile())))
        .process(cas);
    assertThat(Cases.names(cas)).containsExactly("Person:Jane Adams", "Location:Berlin");
  }
}
