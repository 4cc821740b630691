package io.github.rnnotator.serve;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Lets in only who means this server. A page of a stranger may make its own name point to this
 * machine and have its script ask (DNS rebinding); an address, or {@code localhost}, it can't. And
 * a page of another origin may send a form here; a browser then says from where.
 */
final class Guard {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final Set<String> names = new TreeSet<>(Set.of("localhost"));

  /**
   * A guard.
   *
   * @param hosts further names
   */
  Guard(List<String> hosts) {
    hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
  }

  /** Refuses a request for another host, or from a page of another one. */
  void check(Headers headers) throws Refusal {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    String host = hosts.size() == 1 ? hosts.get(0).toLowerCase(Locale.ROOT) : "";
    String name = PORT.matcher(host).replaceFirst("");
    if (!names.contains(name) && !ADDRESS.matcher(name).matches()) {
      throw new Refusal(
          421, "this server does not go by that name; ask for localhost, or start it with --host");
    }
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (!origin.toLowerCase(Locale.ROOT).equals("http://" + host)) {
        throw new Refusal(403, "pages of other servers may not ask here");
      }
    }
  }
}
