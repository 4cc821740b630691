package io.github.rnnotator.nn;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A model in the ONNX format: a graph of operators that ONNX Runtime and others run. The records
 * carry what the format's messages carry, {@link #toBytes} writes them as protocol buffers.
 *
 * @param opset the version of the operators, such as 17
 */
record OnnxModel(int opset, Graph graph) {
  private static final int IR_VERSION = 8;

  /** The nodes in an order in which they can run, the weights, and what goes in and out. */
  record Graph(
      String name,
      List<Node> nodes,
      List<Tensor> initializers,
      List<ValueInfo> inputs,
      List<ValueInfo> outputs) {}

  /** One operator; an input or output named {@code ""} is left out. */
  record Node(
      String operator, List<String> inputs, List<String> outputs, List<Attribute> attributes) {}

  /** A setting of a node. */
  sealed interface Attribute {
    String name();
  }

  record IntAttribute(String name, long value) implements Attribute {}

  record IntsAttribute(String name, List<Long> values) implements Attribute {}

  record StringAttribute(String name, String value) implements Attribute {}

  record StringsAttribute(String name, List<String> values) implements Attribute {}

  /** The types of elements used here, with their numbers in the format. */
  enum ElementType {
    FLOAT(1),
    INT32(6),
    INT64(7);

    private final int code;

    ElementType(int code) {
      this.code = code;
    }
  }

  /** Constant values of a shape; the bytes are little-endian. */
  record Tensor(String name, ElementType type, List<Long> shape, byte[] bytes) {
    static Tensor floats(String name, List<Long> shape, float[] values) {
      ByteBuffer buffer = littleEndian(values.length * Float.BYTES);
      buffer.asFloatBuffer().put(values);
      return new Tensor(name, ElementType.FLOAT, shape, buffer.array());
    }

    static Tensor longs(String name, long... values) {
      ByteBuffer buffer = littleEndian(values.length * Long.BYTES);
      buffer.asLongBuffer().put(values);
      return new Tensor(name, ElementType.INT64, List.of((long) values.length), buffer.array());
    }

    private static ByteBuffer littleEndian(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** An input or output; a dimension is a number, or a name where it is open. */
  record ValueInfo(String name, ElementType type, List<String> shape) {}

  /** The model as a file's content. */
  byte[] toBytes() {
    Message model = new Message();
    model.number(1, IR_VERSION);
    model.string(2, "rnnotator");
    model.message(7, message(graph));
    Message operators = new Message();
    operators.string(1, "");
    operators.number(2, opset);
    model.message(8, operators);
    return model.bytes();
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

  /** A protocol buffer message: fields of a number, a wire type and a value. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int field, long value) {
      varint((long) field << 3 | VARINT);
      varint(value);
    }

    void string(int field, String value) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void message(int field, Message value) {
      bytes(field, value.bytes());
    }

    void bytes(int field, byte[] value) {
      varint((long) field << 3 | LENGTH_DELIMITED);
      varint(value.length);
      out.writeBytes(value);
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    /** Seven bits a byte, the lowest first; the top bit says that more follow. */
    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
