package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Contestant;
import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A tagger that tags a whole text, once on each thread concurrently. */
final class ConcurrentTagging implements Contestant {
  private final String name;
  private final SentenceTagger tagger;
  private final List<Sentence> text;
  private final int threads;
  private final ExecutorService executor;

  ConcurrentTagging(String name, SentenceTagger tagger, List<Sentence> text, int threads) {
    this.name = name;
    this.tagger = tagger;
    this.text = text;
    this.threads = threads;
    this.executor = Executors.newFixedThreadPool(Math.max(1, threads - 1));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run() {
    Callable<List<String>> work = () -> tagger.tag(text);
    List<Future<List<String>>> others = new ArrayList<>();
    for (Callable<List<String>> copy : Collections.nCopies(threads - 1, work)) {
      others.add(executor.submit(copy));
    }
    tagger.tag(text);
    for (Future<List<String>> other : others) {
      try {
        other.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
