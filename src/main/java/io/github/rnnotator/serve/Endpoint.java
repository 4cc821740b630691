package io.github.rnnotator.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What is behind one path. Implementations are thread-safe. */
@FunctionalInterface
interface Endpoint {
  /** The answer to a request. */
  Answer answer(HttpExchange exchange) throws IOException, Refusal;
}
