package io.github.rnnotator.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Answers requests for a path. Implementations are thread-safe. */
@FunctionalInterface
interface Endpoint {
  /** Answers a request. */
  Answer answer(HttpExchange exchange) throws IOException, Refusal;
}
