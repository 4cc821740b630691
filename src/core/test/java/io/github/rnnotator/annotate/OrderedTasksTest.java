package io.github.rnnotator.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results come in order, whatever the number of threads. */
class OrderedTasksTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void resultsAreInTheOrderOfTheirTasks(int threads) {
    List<Integer> results = new ArrayList<>();
    try (OrderedTasks<Integer> tasks = new OrderedTasks<>(threads)) {
      for (int i = 0; i < 500; i++) {
        int number = i;
        tasks.add(
            () -> {
              if (number % 7 == 0) {
                Thread.yield();
              }
              return number;
            });
        while (tasks.isDue()) {
          results.add(tasks.take());
        }
      }
      while (!tasks.isEmpty()) {
        results.add(tasks.take());
      }
      assertThatThrownBy(tasks::take).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(results).isEqualTo(IntStream.range(0, 500).boxed().toList());
  }

  /** Each of the tasks waits until all have begun, which takes a thread for each. */
  @Test
  void asManyTasksRunAtOnceAsThereAreThreads() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (OrderedTasks<Boolean> tasks = new OrderedTasks<>(3)) {
      for (int i = 0; i < 3; i++) {
        tasks.add(
            () -> {
              threads.add(Thread.currentThread());
              begun.countDown();
              try {
                return begun.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                return false;
              }
            });
      }
      while (!tasks.isEmpty()) {
        assertThat(tasks.take()).isTrue();
      }
    }
    assertThat(threads).hasSize(3);
  }

  /** However many are added, only a few wait, so that memory is bounded. */
  @Test
  void resultsAreDueBeforeManyWait() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    try (OrderedTasks<Boolean> tasks = new OrderedTasks<>(2)) {
      for (int i = 0; i < 5; i++) {
        assertThat(tasks.isDue()).isFalse();
        tasks.add(() -> go.await(1, TimeUnit.MINUTES));
      }
      assertThat(tasks.isDue()).isTrue();
      go.countDown();
      while (!tasks.isEmpty()) {
        assertThat(tasks.take()).isTrue();
      }
      assertThat(tasks.isDue()).isFalse();
    }
    assertThatThrownBy(() -> new OrderedTasks<String>(0)).hasMessageContaining("0 threads");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void failuresComeInTheirTurn(int threads) {
    try (OrderedTasks<Integer> tasks = new OrderedTasks<>(threads)) {
      tasks.add(() -> 1);
      tasks.add(
          () -> {
            throw new IllegalStateException("the second");
          });
      tasks.add(
          () -> {
            throw new StackOverflowError("the third");
          });
      tasks.add(() -> 4);
      assertThat(tasks.take()).isEqualTo(1);
      assertThatThrownBy(tasks::take).hasMessage("the second");
      assertThatThrownBy(tasks::take).isInstanceOf(StackOverflowError.class);
      assertThat(tasks.take()).isEqualTo(4);
    }
  }
}
