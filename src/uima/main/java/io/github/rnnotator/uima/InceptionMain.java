package io.github.rnnotator.uima;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The program that runs an {@link InceptionServer}. */
public final class InceptionMain {
  private InceptionMain() {}

  /**
   * Runs a server until the program is stopped; writes its address to standard error. Exits with
   * status 2 for wrong options and 1 for other failures.
   *
   * @param arguments {@code [-m MODEL] [--address ADDRESS] [--port PORT] [--layer
   *     LAYER:FEATURE=HEAD]...}
   */
  public static void main(String[] arguments) {
    try {
      InceptionOptions options = InceptionOptions.parse(arguments);
      InetSocketAddress address =
          InceptionServer.start(options.tagger(), options.layers(), options.address()).address();
      System.err.println(
          "External recommender for INCEpTION on http://"
              + address.getHostString()
              + ":"
              + address.getPort()
              + "/");
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(e instanceof IOException ? 1 : 2);
    }
  }
}
