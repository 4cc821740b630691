package io.github.rnnotator.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tags a limited number of texts in parallel. More wait in a queue; when it is full, or on a
 * timeout, the client is told to retry. After a timeout the thread stops before the next batch of
 * sentences.
 */
final class TagEndpoint implements Endpoint, AutoCloseable {
  private static final String JSON_LINES = "application/x-ndjson; charset=utf-8";

  private final ServeSettings settings;
  private final List<ServedModel> models;
  private final Exchanges exchanges;
  private final ServeCounters counters;
  private final ThreadPoolExecutor taggers;

  TagEndpoint(
      ServeSettings settings,
      List<ServedModel> models,
      Exchanges exchanges,
      ServeCounters counters) {
    this.settings = settings;
    this.models = models;
    this.exchanges = exchanges;
    this.counters = counters;
    this.taggers =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queue()));
  }

  @Override
  public Answer answer(HttpExchange exchange) throws IOException, Refusal {
    TagRequest request = TagRequest.read(exchange, settings.maxChars());
    exchanges.works();
    ServedModel model = model(request.model());
    FutureTask<ServedModel.Tagged> task =
        new FutureTask<>(
            () -> {
              long begin = System.nanoTime();
              ServedModel.Tagged tagged = model.tag(request.documents());
              counters.tagged(
                  request.documents().size(), tagged.tokens(), System.nanoTime() - begin);
              return tagged;
            });
    try {
      taggers.execute(task);
      return Answer.ok(
          JSON_LINES, task.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS).lines());
    } catch (RejectedExecutionException e) {
      throw later("too many requests; try again");
    } catch (TimeoutException e) {
      throw later(
          "not done within "
              + settings.timeout().toMillis() / 1e3
              + " seconds; try a shorter text");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw later("the server is shutting down");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw outOfMemory();
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      task.cancel(true);
      taggers.remove(task);
    }
  }

  private ServedModel model(String name) throws Refusal {
    for (ServedModel model : models) {
      if (name.isEmpty() || model.name().equals(name)) {
        return model;
      }
    }
    throw new Refusal(
        400,
        "no such model; expected "
            + String.join(", ", models.stream().map(ServedModel::name).toList()));
  }

  private static Refusal later(String message) {
    return new Refusal(503, message, Map.of("Retry-After", "1"));
  }

  static Refusal outOfMemory() {
    return later("not enough memory for this text; try a shorter one");
  }

  /** Cancels all texts being tagged. */
  @Override
  public void close() {
    taggers.shutdownNow();
  }
}
