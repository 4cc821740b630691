package io.github.rnnotator.uima;

import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.Tagger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options of {@link InceptionMain}.
 *
 * @param model the name of a bundled model, or a file
 * @param address the address to listen on
 * @param layers custom features, {@code LAYER:FEATURE} to a head
 */
record InceptionOptions(String model, InetSocketAddress address, Map<String, String> layers) {
  private static final int PORT = 8086;

  static InceptionOptions parse(String[] arguments) throws IOException {
    String model = BundledModel.DEFAULT;
    InetAddress address = InetAddress.getLoopbackAddress();
    int port = PORT;
    Map<String, String> layers = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String option = arguments[i];
      if (i + 1 == arguments.length) {
        throw unknown(option);
      }
      String value = arguments[i + 1];
      switch (option) {
        case "-m", "--model" -> model = value;
        case "--address" -> address = InetAddress.getByName(value);
        case "--port" -> port = port(value);
        case "--layer" -> {
          int equals = value.lastIndexOf('=');
          if (!value.matches("[^:=]+:[^:=]+=[^:=]+")) {
            throw new IllegalArgumentException(
                "--layer is '" + value + "', expected LAYER:FEATURE=HEAD");
          }
          layers.put(value.substring(0, equals), value.substring(equals + 1));
        }
        default -> throw unknown(option);
      }
    }
    return new InceptionOptions(model, new InetSocketAddress(address, port), layers);
  }

  private static IllegalArgumentException unknown(String option) {
    return new IllegalArgumentException(
        "'"
            + option
            + "' is not an option with a value; expected -m MODEL, --address ADDRESS, --port PORT"
            + " or --layer LAYER:FEATURE=HEAD");
  }

  private static int port(String value) {
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new IllegalArgumentException("--port is '" + value + "', expected 0 to 65535");
    }
    return Integer.parseInt(value);
  }

  Tagger tagger() throws IOException {
    return new Tagger(BundledModel.readNamed(Path.of(model)).model());
  }
}
