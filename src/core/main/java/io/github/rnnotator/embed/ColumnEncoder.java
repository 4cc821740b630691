package io.github.rnnotator.embed;

import io.github.rnnotator.nn.EmbeddingTable;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Encodes the values of other columns of tokens, such as a part of speech: for each column a table
 * with a row for each value of the training data and one for all others. In training a value that
 * occurs {@code c} times is treated as unknown with probability {@code 1 / (1 + c)}, as words are
 * ({@link WordEncoder}), which trains that row.
 */
final class ColumnEncoder {
  private final List<String> names;
  private final List<Vocabulary> values = new ArrayList<>();
  private final List<EmbeddingTable> tables = new ArrayList<>();

  ColumnEncoder(
      Map<String, ColumnConfig> columns, Vocabularies vocabularies, RandomGenerator random) {
    this.names = List.copyOf(columns.keySet());
    columns.forEach(
        (name, column) -> {
          Vocabulary known = vocabularies.column(name);
          values.add(known);
          tables.add(
              EmbeddingTable.build("embed.columns." + name, known.size(), column.dim(), random));
        });
  }

  int outputDim() {
    return tables.stream().mapToInt(EmbeddingTable::dim).sum();
  }

  List<Parameter> parameters() {
    return tables.stream().map(EmbeddingTable::parameter).toList();
  }

  /** Returns what a token's vector depends on: its form and, if there are columns, their values. */
  String key(Token token) {
    return names.isEmpty() ? token.form() : token.form() + '\0' + String.join("\0", checked(token));
  }

  private List<String> checked(Token token) {
    if (token.inputs().size() != names.size()) {
      throw new IllegalArgumentException(
          "the model reads the columns "
              + names
              + " of each token in addition to its form, the token '"
              + token.form()
              + "' has "
              + (token.inputs().isEmpty() ? "none" : token.inputs())
              + "; use a file that has them, in CoNLL-U or columns");
    }
    return token.inputs();
  }

  /**
   * Encodes the values of tokens into a block of columns.
   *
   * @param x {@code [tokens x >= col + outputDim]}. Columns {@code col...} are modified.
   */
  TokenEncoder.Backprop encode(Token[] tokens, FMatrixRMaj x, int col, PassContext pass) {
    List<TokenEncoder.Backprop> backprops = new ArrayList<>();
    int at = col;
    for (int column = 0; column < names.size(); column++) {
      int[] ids = ids(tokens, column, pass);
      EmbeddingTable table = tables.get(column);
      int from = at;
      table.lookUp(ids, x, from);
      backprops.add((dX, gradients) -> table.backward(ids, dX, from, gradients));
      at += table.dim();
    }
    return (dX, gradients) -> backprops.forEach(b -> b.apply(dX, gradients));
  }

  private int[] ids(Token[] tokens, int column, PassContext pass) {
    Vocabulary known = values.get(column);
    int[] ids = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      int id = known.id(checked(tokens[i]).get(column));
      boolean dropped =
          pass.isTraining()
              && id != Vocabulary.UNKNOWN
              && pass.random().nextFloat() < 1f / (1 + known.count(id));
      ids[i] = dropped ? Vocabulary.UNKNOWN : id;
    }
    return ids;
  }
}
