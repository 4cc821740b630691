package io.github.rnnotator.spark;

import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.text.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/**
 * A Spark ML transformer from a column of text to a column of tagged tokens.
 *
 * <pre>{@code
 * RnnotatorTagger tagger = RnnotatorTagger.of(spark, "hdfs:///models/ner.rnn");
 * Dataset<Row> tagged = tagger.setInputCol("text").setOutputCol("tokens").transform(documents);
 * }</pre>
 *
 * <p>The model is sent once to each executor. A saved transformer includes its model. Rows with a
 * null text get a null column.
 */
public final class RnnotatorTagger extends Transformer implements MLWritable {
  private static final long serialVersionUID = 1L;

  /** The maximum number of rows tagged together: the more, the more sentences of similar length. */
  private static final int BLOCK = 1024;

  /** The approximate maximum of text tagged together, in UTF-16 units. */
  private static final int BLOCK_TEXT = 1 << 16;

  private static final String MODEL = "model.rnn";

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final byte[] model;

  /** The number of model loads in the last transformation's jobs; created on the driver. */
  private transient LongAccumulator loaded;

  private RnnotatorTagger(String uid, byte[] model) {
    this.uid = uid;
    this.model = model;
    // Parameters use the uid set above.
    this.inputCol = new Param<>(this, "inputCol", "the column of text");
    this.outputCol = new Param<>(this, "outputCol", "the column of tagged tokens to add");
    setDefault(inputCol, "text");
    setDefault(outputCol, "tokens");
  }

  /**
   * Creates a transformer from the bytes of a model file.
   *
   * @throws io.github.rnnotator.tagger.ModelFormatException if they are not a model
   */
  public static RnnotatorTagger of(byte[] model) throws IOException {
    ModelFile.read(new ByteArrayInputStream(model), "model").model().requireTags();
    return new RnnotatorTagger(Identifiable.randomUID("rnnotator"), model.clone());
  }

  /** Creates a transformer from a model file, in any file system that Spark supports. */
  public static RnnotatorTagger of(SparkSession spark, String file) throws IOException {
    return of(bytes(new Path(file), spark.sparkContext().hadoopConfiguration()));
  }

  /** Loads a saved transformer. */
  public static RnnotatorTagger load(String path) {
    return read().load(path);
  }

  /** Reads saved transformers. */
  public static MLReader<RnnotatorTagger> read() {
    return new Reader();
  }

  private static byte[] bytes(Path file, Configuration configuration) throws IOException {
    FileSystem files = file.getFileSystem(configuration);
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The parameter for the column of text; Spark finds parameters by such methods. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The parameter for the column to add. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** The column of text; {@code text} by default. */
  public String getInputCol() {
    return getOrDefault(inputCol);
  }

  /** Sets the column of text. */
  public RnnotatorTagger setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /** The column to add; {@code tokens} by default. */
  public String getOutputCol() {
    return getOrDefault(outputCol);
  }

  /** Sets the column to add. */
  public RnnotatorTagger setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  @Override
  public RnnotatorTagger copy(ParamMap extra) {
    RnnotatorTagger copy = new RnnotatorTagger(uid, model);
    copyValues(copy, extra);
    return copy;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    int column = schema.fieldIndex(getInputCol());
    if (!schema.fields()[column].dataType().equals(DataTypes.StringType)) {
      throw new IllegalArgumentException(
          "column '"
              + getInputCol()
              + "' is "
              + schema.fields()[column].dataType().simpleString()
              + ", expected string; set inputCol to the column of text");
    }
    if (List.of(schema.fieldNames()).contains(getOutputCol())) {
      throw new IllegalArgumentException(
          "column '" + getOutputCol() + "' already exists; set outputCol to another name");
    }
    return Annotations.schema(schema, getOutputCol());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    SparkSession spark = SparkSession.active();
    loaded = spark.sparkContext().longAccumulator("models loaded");
    Broadcast<ExecutorTagger> shared =
        spark
            .sparkContext()
            .broadcast(
                new ExecutorTagger(model, loaded),
                scala.reflect.ClassTag$.MODULE$.apply(ExecutorTagger.class));
    int column = dataset.schema().fieldIndex(getInputCol());
    MapPartitionsFunction<Row, Row> tag = rows -> new TaggedRows(rows, column, shared.value());
    return dataset.toDF().mapPartitions(tag, Encoders.row(schema));
  }

  /** The number of model loads on executors in the last transformation, as reported so far. */
  long modelsLoaded() {
    return loaded == null ? 0 : loaded.value();
  }

  /** Tags rows in blocks. */
  private static final class TaggedRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int column;
    private final ExecutorTagger tagger;
    private Iterator<Row> ready = List.<Row>of().iterator();

    TaggedRows(Iterator<Row> rows, int column, ExecutorTagger tagger) {
      this.rows = rows;
      this.column = column;
      this.tagger = tagger;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!ready.hasNext()) {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        ready = block().iterator();
      }
      return ready.next();
    }

    private List<Row> block() {
      List<Row> block = new ArrayList<>();
      List<Document> documents = new ArrayList<>();
      int text = 0;
      while (rows.hasNext() && block.size() < BLOCK && text < BLOCK_TEXT) {
        Row row = rows.next();
        block.add(row);
        String value = row.isNullAt(column) ? "" : row.getString(column);
        documents.add(Document.of(value, List.of()));
        text += value.length();
      }
      List<Document> tagged = tagger.tag(documents);
      List<Row> found = new ArrayList<>();
      for (int i = 0; i < block.size(); i++) {
        found.add(
            block.get(i).isNullAt(column)
                ? Annotations.without(block.get(i))
                : Annotations.with(block.get(i), tagged.get(i)));
      }
      return found;
    }
  }

  @Override
  public MLWriter write() {
    return new Writer();
  }

  /** Writes the parameters like Spark, and the model next to them. */
  private final class Writer extends MLWriter {
    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(RnnotatorTagger.this, path, sparkSession());
      Path file = new Path(path, MODEL);
      try {
        FileSystem files = file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
        try (OutputStream out = files.create(file)) {
          out.write(model);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Reader extends MLReader<RnnotatorTagger> {
    @Override
    public RnnotatorTagger load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sparkSession(), RnnotatorTagger.class.getName());
      try {
        byte[] model =
            bytes(new Path(path, MODEL), sparkSession().sparkContext().hadoopConfiguration());
        RnnotatorTagger tagger = new RnnotatorTagger(metadata.uid(), model);
        metadata.getAndSetParams(tagger, scala.Option.empty());
        return tagger;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
