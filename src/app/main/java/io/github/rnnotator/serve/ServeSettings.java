package io.github.rnnotator.serve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * The address and limits of a server. Immutable.
 *
 * @param address the address to listen on; other machines can't reach a loopback address
 * @param port the port; 0 for any free one
 * @param hosts host names that browsers may use, in addition to {@code localhost} and addresses
 * @param maxChars the maximum length of a text, in UTF-16 units
 * @param timeout the maximum time for waiting and tagging
 * @param threads the number of texts tagged in parallel
 * @param queue the number of further texts that may wait
 */
public record ServeSettings(
    InetAddress address,
    int port,
    List<String> hosts,
    int maxChars,
    Duration timeout,
    int threads,
    int queue) {
  /** Copies the list and checks the ranges. */
  public ServeSettings {
    hosts = List.copyOf(hosts);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + ", expected 0 to 65535");
    }
    // JSON may take six bytes per unit, and all of it must fit into an array.
    if (maxChars < 1 || maxChars > 100_000_000) {
      throw new IllegalArgumentException(maxChars + " characters, expected 1 to 100000000");
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "a time limit of " + timeout.toMillis() / 1e3 + " seconds, expected 0.001 to 86400");
    }
    if (threads < 1 || threads > 1024 || queue < 1) {
      throw new IllegalArgumentException(
          threads
              + " threads and a queue of "
              + queue
              + ", expected 1 or more (1024 threads at most)");
    }
  }
}
