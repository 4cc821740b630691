package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.DocumentMention;
import io.github.rnnotator.text.TagSequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An index of a thousand documents, written by eight threads: a query for a name or a lemma finds
 * the documents in which the library finds it, and no other.
 */
class IndexTest {
  private static final int THREADS = 8;
  private static final String[] WHO = {
    "Barack Obama", "Jane Adams", "Peter Smith", "Angela Merkel", "the mayor", "My sister"
  };
  private static final String[] DID = {
    "visited", "was leaving", "has seen", "went to", "wrote about"
  };
  private static final String[] WHERE = {
    "Berlin", "New York", "the mice", "her houses", "Madrid", "the Supreme Court"
  };

  private static final List<String> TEXTS = new ArrayList<>();
  private static final Map<String, Set<Integer>> NAMES = new TreeMap<>();
  private static final Map<String, Set<Integer>> LEMMAS = new TreeMap<>();

  private static Directory directory;
  private static DirectoryReader reader;

  @BeforeAll
  static void index() throws Exception {
    Random random = new Random(11);
    Annotator annotator = Annotator.of(Chains.english().tagger(), Chains.english().segmenter());
    for (int i = 0; i < 1000; i++) {
      String text = sentence(random) + " " + sentence(random);
      TEXTS.add(text);
      expect(annotator.annotate(text), i);
    }
    directory = new ByteBuffersDirectory();
    Analyzer analyzer = Chains.english().analyzer(Chains::all);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<?>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int first = thread;
          work.add(
              threads.submit(
                  () -> {
                    for (int i = first; i < TEXTS.size(); i += THREADS) {
                      add(writer, i);
                    }
                    return null;
                  }));
        }
        for (Future<?> done : work) {
          done.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }
    reader = DirectoryReader.open(directory);
  }

  @AfterAll
  static void close() throws IOException {
    reader.close();
    directory.close();
  }

  private static String sentence(Random random) {
    return any(WHO, random) + " " + any(DID, random) + " " + any(WHERE, random) + ".";
  }

  private static String any(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }

  private static void add(IndexWriter writer, int number) throws IOException {
    org.apache.lucene.document.Document document = new org.apache.lucene.document.Document();
    document.add(new TextField("text", TEXTS.get(number), Field.Store.NO));
    document.add(new StoredField("number", number));
    writer.addDocument(document);
  }

  /** What the library finds in a document. */
  private static void expect(Document document, int number) {
    for (DocumentMention mention : document.mentions("ner")) {
      String type =
          Map.of("PER", "person", "LOC", "location").getOrDefault(mention.type(), "organization");
      NAMES
          .computeIfAbsent(
              type + ":" + mention.text().toLowerCase(Locale.ROOT), k -> new TreeSet<>())
          .add(number);
    }
    document.sentences().stream()
        .map(sentence -> sentence.tags("lemma"))
        .map(TagSequence::tags)
        .flatMap(List::stream)
        .forEach(
            lemma ->
                LEMMAS
                    .computeIfAbsent(lemma.toLowerCase(Locale.ROOT), k -> new TreeSet<>())
                    .add(number));
  }

  private static Set<Integer> found(Query query) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    StoredFields fields = searcher.storedFields();
    Set<Integer> found = new TreeSet<>();
    for (ScoreDoc hit : searcher.search(query, TEXTS.size()).scoreDocs) {
      found.add(fields.document(hit.doc).getField("number").numericValue().intValue());
    }
    return found;
  }

  private static Set<Integer> with(String... forms) {
    Set<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      if (Arrays.stream(forms).anyMatch(TEXTS.get(i)::contains)) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  @Test
  void everyNameIsFoundWhereTheLibraryFindsIt() throws IOException {
    assertThat(NAMES).hasSizeGreaterThan(5);
    for (Map.Entry<String, Set<Integer>> name : NAMES.entrySet()) {
      assertThat(found(new TermQuery(new Term("text", name.getKey()))))
          .as(name.getKey())
          .isEqualTo(name.getValue());
    }
  }

  @Test
  void everyLemmaIsFoundWhereTheLibraryFindsIt() throws IOException {
    assertThat(LEMMAS).hasSizeGreaterThan(20);
    for (String lemma : List.of("visit", "leave", "see", "mouse", "house", "write")) {
      assertThat(LEMMAS).containsKey(lemma);
      assertThat(found(new TermQuery(new Term("text", lemma))))
          .as(lemma)
          .containsAll(LEMMAS.get(lemma));
    }
  }

  /** The punctuation of a query is not required of a document. */
  @Test
  void aQuestionFindsTheTextsThatHaveItsWords() throws IOException {
    try (Analyzer analyzer = Chains.english().analyzer(Chains::all)) {
      QueryBuilder queries = new QueryBuilder(analyzer);
      for (String question : List.of("visited; mice?", "\u201cvisited\u201d (mice)!")) {
        Query query = queries.createBooleanQuery("text", question, BooleanClause.Occur.MUST);
        assertThat(found(query)).isNotEmpty().containsAll(with("visited the mice"));
      }
    }
  }

  @Test
  void namesAndLemmasAreFoundInTheTextsThatHaveThem() throws IOException {
    assertThat(found(new TermQuery(new Term("text", "person:barack obama"))))
        .isEqualTo(with("Barack Obama"));
    assertThat(found(new TermQuery(new Term("text", "go")))).isEqualTo(with("went to"));
    assertThat(found(new TermQuery(new Term("text", "be")))).isEqualTo(with("was leaving"));
    assertThat(found(new PrefixQuery(new Term("text", "person:"))))
        .containsAll(with("Angela Merkel", "Peter Smith"));
    assertThat(found(new PhraseQuery("text", "person:jane adams", "adams", "visit")))
        .isEqualTo(with("Jane Adams visited"));
  }
}
