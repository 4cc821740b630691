package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Streams leave nothing in memory when they are closed, and classes hold no state. */
@Isolated // Measures memory.
class NothingIsKeptTest {
  private static final int STREAMS = 10_000;
  private static final Chains CHAINS = Chains.random(2);

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Returns a stream that has read a text and is closed. */
  private static TokenStream closed(String text) throws IOException {
    Tokenizer tokenizer = CHAINS.tokenizer();
    tokenizer.setReader(new StringReader(text));
    TokenStream stream = Chains.all(tokenizer);
    FoundToken.of(stream);
    return stream;
  }

  @Test
  void streamsThatAreDroppedAreCollected() throws IOException {
    List<WeakReference<TokenStream>> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(new WeakReference<>(closed("Ada was " + i)));
    }
    System.gc();
    assertThat(streams.stream().filter(stream -> stream.get() != null))
        .hasSizeLessThan(STREAMS / 100);
  }

  /** An analyzer keeps its tokenizers, but these keep nothing of what they have read. */
  @Test
  void closedStreamsKeepNoText() throws IOException {
    List<TokenStream> streams = new ArrayList<>();
    List<WeakReference<Object>> read = new ArrayList<>();
    for (boolean whole : new boolean[] {true, false}) {
      Reader text = new StringReader("Ada Bea was a. ".repeat(100));
      Tokenizer tokenizer = CHAINS.tokenizer();
      tokenizer.setReader(text);
      TokenStream stream = Chains.all(tokenizer);
      TaggedWordAttribute word = stream.getAttribute(TaggedWordAttribute.class);
      stream.reset();
      read.add(new WeakReference<>(text));
      for (int i = 0; stream.incrementToken() && (whole || i < 100); i++) {
        if (word.word() != null) {
          read.add(new WeakReference<>(word.word().sentence()));
        }
      }
      stream.end();
      stream.close();
      streams.add(stream);
    }
    System.gc();
    assertThat(read).hasSizeGreaterThan(200);
    assertThat(read.stream().filter(part -> part.get() != null)).isEmpty();
    assertThat(streams).hasSize(2);
  }

  @Test
  void oneAnalyzerServesTenThousandTexts() throws IOException {
    try (Analyzer analyzer = CHAINS.analyzer(Chains::all)) {
      FoundToken.of(analyzer, "Ada was here");
      long before = used();
      for (int i = 0; i < STREAMS; i++) {
        FoundToken.of(analyzer, "Ada was " + i);
      }
      assertThat(used() - before).isLessThan(8 << 20);
    }
  }

  @Test
  void classesHaveOnlyConstantFields() throws Exception {
    List<String> fields = new ArrayList<>();
    Path folder =
        Path.of(RnnotatorTokenizer.class.getResource("RnnotatorTokenizer.class").toURI())
            .getParent();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName(RnnotatorTokenizer.class.getPackageName() + "." + name);
        for (Field field : type.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && !type.isEnum()) {
            fields.add(type.getSimpleName() + "." + field.getName());
            assertThat(Modifier.isFinal(field.getModifiers())).as(field.toString()).isTrue();
            assertThat(Set.of(String.class, int.class, char.class, Map.class))
                .as(field.toString())
                .contains(field.getType());
          }
        }
      }
    }
    assertThat(fields).contains("RnnotatorTokenizerFactory.NAME");
  }
}
