package io.github.rnnotator.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in the ONNX format: a graph of operators for ONNX Runtime and others. The records mirror
 * the format's messages; {@link #write} serializes them as protocol buffers (field and type numbers
 * are those of {@code onnx.proto}).
 *
 * @param opset the version of the operators, such as 17
 * @param graph the network
 * @param metadata texts by key, in order; not used by the network
 */
public record OnnxModel(int opset, Graph graph, Map<String, String> metadata) {
  private static final int IR_VERSION = 8;

  /** Copies the metadata, keeping its order. */
  public OnnxModel {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * A network.
   *
   * @param name its name
   * @param nodes its operators in topological order
   * @param initializers its weights and other constants
   * @param inputs the values the caller supplies
   * @param outputs the values the caller receives
   */
  public record Graph(
      String name,
      List<Node> nodes,
      List<Tensor> initializers,
      List<ValueInfo> inputs,
      List<ValueInfo> outputs) {
    /** Copies the lists. */
    public Graph {
      nodes = List.copyOf(nodes);
      initializers = List.copyOf(initializers);
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** One operator; an input or output named {@code ""} is omitted. */
  public record Node(
      String operator, List<String> inputs, List<String> outputs, List<Attribute> attributes) {}

  /** An attribute of a node. */
  public sealed interface Attribute {
    /** Its name. */
    String name();
  }

  /** An integer. */
  public record IntAttribute(String name, long value) implements Attribute {}

  /** Integers. */
  public record IntsAttribute(String name, List<Long> values) implements Attribute {}

  /** A string. */
  public record StringAttribute(String name, String value) implements Attribute {}

  /** Strings. */
  public record StringsAttribute(String name, List<String> values) implements Attribute {}

  /** The element types used here, with their numbers in the format. */
  public enum ElementType {
    /** 32-bit floats. */
    FLOAT(1),
    /** 32-bit integers. */
    INT32(6),
    /** 64-bit integers. */
    INT64(7);

    private final int code;

    ElementType(int code) {
      this.code = code;
    }

    /** The type's number in the format. */
    int code() {
      return code;
    }
  }

  /**
   * Constant values.
   *
   * @param shape the size of each dimension; empty for a single value
   * @param bytes the values in row-major order, little-endian
   */
  public record Tensor(String name, ElementType type, List<Long> shape, byte[] bytes) {
    /** Creates a tensor of floats, in row-major order. */
    public static Tensor floats(String name, List<Long> shape, float[] values) {
      ByteBuffer buffer = littleEndian(values.length * Float.BYTES);
      buffer.asFloatBuffer().put(values);
      return new Tensor(name, ElementType.FLOAT, shape, buffer.array());
    }

    /** Creates a vector of 64-bit integers. */
    public static Tensor longs(String name, long... values) {
      return longs(name, List.of((long) values.length), values);
    }

    /** Creates a vector of 32-bit integers. */
    public static Tensor ints(String name, int... values) {
      ByteBuffer buffer = littleEndian(values.length * Integer.BYTES);
      buffer.asIntBuffer().put(values);
      List<Long> shape = List.of((long) values.length);
      return new Tensor(name, ElementType.INT32, shape, buffer.array());
    }

    /** Creates a scalar 64-bit integer. */
    public static Tensor scalar(String name, long value) {
      return longs(name, List.of(), value);
    }

    private static Tensor longs(String name, List<Long> shape, long... values) {
      ByteBuffer buffer = littleEndian(values.length * Long.BYTES);
      buffer.asLongBuffer().put(values);
      return new Tensor(name, ElementType.INT64, shape, buffer.array());
    }

    private static ByteBuffer littleEndian(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** An input or output; a dimension is a number, or a name if it is dynamic. */
  public record ValueInfo(String name, ElementType type, List<String> shape) {}

  /**
   * Serializes the model and leaves the stream open.
   *
   * @throws IllegalArgumentException if it exceeds the format's limit of 2 GiB
   */
  public void write(OutputStream out) throws IOException {
    Message model = message();
    if (model.size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the network takes " + model.size + " bytes, an ONNX file holds less than 2 GiB");
    }
    for (byte[] part : model.parts) {
      out.write(part);
    }
  }

  /** Serializes the model. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("in-memory streams do not fail", e);
    }
    return bytes.toByteArray();
  }

  private Message message() {
    Message model = new Message();
    model.number(1, IR_VERSION);
    model.string(2, "rnnotator");
    model.message(7, message(graph));
    Message operators = new Message();
    operators.string(1, "");
    operators.number(2, opset);
    model.message(8, operators);
    metadata.forEach(
        (key, value) -> {
          Message entry = new Message();
          entry.string(1, key);
          entry.string(2, value);
          model.message(14, entry);
        });
    return model;
  }

  private static Message message(Graph graph) {
    Message message = new Message();
    graph.nodes.forEach(node -> message.message(1, message(node)));
    message.string(2, graph.name);
    graph.initializers.forEach(tensor -> message.message(5, message(tensor)));
    graph.inputs.forEach(input -> message.message(11, message(input)));
    graph.outputs.forEach(output -> message.message(12, message(output)));
    return message;
  }

  private static Message message(Node node) {
    Message message = new Message();
    node.inputs.forEach(input -> message.string(1, input));
    node.outputs.forEach(output -> message.string(2, output));
    message.string(4, node.operator);
    node.attributes.forEach(attribute -> message.message(5, message(attribute)));
    return message;
  }

  private static Message message(Attribute attribute) {
    Message message = new Message();
    message.string(1, attribute.name());
    if (attribute instanceof IntAttribute number) {
      message.number(3, number.value);
      message.number(20, 2);
    } else if (attribute instanceof StringAttribute text) {
      message.string(4, text.value);
      message.number(20, 3);
    } else if (attribute instanceof IntsAttribute numbers) {
      numbers.values.forEach(value -> message.number(8, value));
      message.number(20, 7);
    } else if (attribute instanceof StringsAttribute texts) {
      texts.values.forEach(value -> message.string(9, value));
      message.number(20, 8);
    }
    return message;
  }

  private static Message message(Tensor tensor) {
    Message message = new Message();
    tensor.shape.forEach(size -> message.number(1, size));
    message.number(2, tensor.type.code);
    message.string(8, tensor.name);
    message.bytes(9, tensor.bytes);
    return message;
  }

  private static Message message(ValueInfo value) {
    Message shape = new Message();
    for (String size : value.shape) {
      Message dimension = new Message();
      if (Character.isDigit(size.charAt(0))) {
        dimension.number(1, Long.parseLong(size));
      } else {
        dimension.string(2, size);
      }
      shape.message(1, dimension);
    }
    Message tensorType = new Message();
    tensorType.number(1, value.type.code);
    tensorType.message(2, shape);
    Message type = new Message();
    type.message(1, tensorType);
    Message message = new Message();
    message.string(1, value.name);
    message.message(2, type);
    return message;
  }

  /**
   * A protocol buffer message: fields of a number, a wire type and a value. Kept in parts, so that
   * weights are not copied into every enclosing message.
   */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final List<byte[]> parts = new ArrayList<>();
    private long size;

    void number(int field, long value) {
      varint((long) field << 3 | VARINT);
      varint(value);
    }

    void string(int field, String value) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int field, byte[] value) {
      varint((long) field << 3 | LENGTH_DELIMITED);
      varint(value.length);
      add(value);
    }

    void message(int field, Message value) {
      varint((long) field << 3 | LENGTH_DELIMITED);
      varint(value.size);
      value.parts.forEach(this::add);
    }

    private void add(byte[] part) {
      parts.add(part);
      size += part.length;
    }

    /** Writes seven bits per byte, lowest first; the top bit says that more follow. */
    private void varint(long value) {
      byte[] bytes = new byte[10];
      int length = 0;
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes[length++] = (byte) (rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
      add(Arrays.copyOf(bytes, length));
    }
  }
}
