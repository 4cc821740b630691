package io.github.rnnotator.serve;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Accepts only requests addressed to this server. A malicious page may resolve its own host name to
 * this machine and send requests from its script (DNS rebinding), but not with an address or {@code
 * localhost} as {@code Host}. A page of another origin may post a form here; browsers then send
 * {@code Origin}.
 */
final class Guard {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final Set<String> names = new TreeSet<>(Set.of("localhost"));

  /**
   * Creates a guard.
   *
   * @param hosts further names of this server
   */
  Guard(List<String> hosts) {
    hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
  }

  /** Refuses a request for another host, or from a page of another origin. */
  void check(Headers headers) throws Refusal {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    String host = hosts.size() == 1 ? hosts.get(0).toLowerCase(Locale.ROOT) : "";
    String name = PORT.matcher(host).replaceFirst("");
    if (!names.contains(name) && !ADDRESS.matcher(name).matches()) {
      throw new Refusal(421, "unknown Host; use localhost or allow it with --host");
    }
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (!origin.toLowerCase(Locale.ROOT).equals("http://" + host)) {
        throw new Refusal(403, "pages of another origin may not send requests");
      }
    }
  }
}
