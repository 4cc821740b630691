package io.github.rnnotator.spark;

import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The output column: a struct for each token with {@code sentence} (from 0), {@code form}, {@code
 * begin}, {@code end} (UTF-16 units), and its {@code tags} and {@code probabilities} by head.
 */
final class Annotations {
  /** The type of the column. */
  static final ArrayType TYPE =
      DataTypes.createArrayType(
          DataTypes.createStructType(
              new StructField[] {
                DataTypes.createStructField("sentence", DataTypes.IntegerType, false),
                DataTypes.createStructField("form", DataTypes.StringType, false),
                DataTypes.createStructField("begin", DataTypes.IntegerType, false),
                DataTypes.createStructField("end", DataTypes.IntegerType, false),
                DataTypes.createStructField(
                    "tags",
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, false),
                    false),
                DataTypes.createStructField(
                    "probabilities",
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.FloatType, false),
                    false)
              }),
          false);

  private Annotations() {}

  /** Appends the output column to a schema. */
  static StructType schema(StructType input, String column) {
    return input.add(column, TYPE, true);
  }

  /** Appends the annotations of a document to a row. */
  static Row with(Row row, Document document) {
    Object[] values = new Object[row.length() + 1];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    List<Row> tokens = new ArrayList<>();
    int number = 0;
    for (TaggedSentence sentence : document.sentences()) {
      for (int i = 0; i < sentence.size(); i++) {
        tokens.add(token(sentence, i, number));
      }
      number++;
    }
    values[row.length()] = CollectionConverters.asScala(tokens).toSeq();
    return RowFactory.create(values);
  }

  /** Appends a null to a row. */
  static Row without(Row row) {
    Object[] values = new Object[row.length() + 1];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    return RowFactory.create(values);
  }

  private static Row token(TaggedSentence sentence, int i, int number) {
    Map<String, String> tags = new LinkedHashMap<>();
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      tags.put(head.getKey(), head.getValue().tag(i));
      if (head.getValue().hasProbabilities()) {
        probabilities.put(head.getKey(), head.getValue().probabilities().get(i));
      }
    }
    Token token = sentence.sentence().tokens().get(i);
    return RowFactory.create(
        number,
        token.form(),
        token.begin(),
        token.end(),
        CollectionConverters.asScala(tags),
        CollectionConverters.asScala(probabilities));
  }
}
