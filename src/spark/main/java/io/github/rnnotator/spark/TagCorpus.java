package io.github.rnnotator.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Tags a corpus on a cluster:
 *
 * <pre>
 *   spark-submit --class io.github.rnnotator.spark.TagCorpus rnnotator-spark.jar MODEL IN OUT [FORMAT [TEXT_COLUMN]]
 * </pre>
 *
 * <p>FORMAT is {@code text} (one document per line), {@code json} or {@code parquet}; the output
 * has the same format (json for text) and an additional column {@code tokens}.
 */
public final class TagCorpus {
  private TagCorpus() {}

  /**
   * Runs the program; with a wrong number of arguments, prints the usage and exits with status 2.
   */
  public static void main(String[] args) throws Exception {
    if (args.length < 3 || args.length > 5) {
      System.err.println("usage: TagCorpus MODEL IN OUT [text|json|parquet [TEXT_COLUMN]]");
      System.exit(2);
    }
    String format = args.length > 3 ? args[3] : "text";
    String column = args.length > 4 ? args[4] : format.equals("text") ? "value" : "text";
    SparkSession spark = SparkSession.builder().appName("rnnotator").getOrCreate();
    try {
      Dataset<Row> documents = spark.read().format(format).load(args[1]);
      RnnotatorTagger tagger =
          RnnotatorTagger.of(spark, args[0]).setInputCol(column).setOutputCol("tokens");
      tagger
          .transform(documents)
          .write()
          .mode(SaveMode.ErrorIfExists)
          .format(format.equals("text") ? "json" : format)
          .save(args[2]);
    } finally {
      spark.stop();
    }
  }
}
