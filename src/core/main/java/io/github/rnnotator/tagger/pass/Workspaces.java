package io.github.rnnotator.tagger.pass;

import io.github.rnnotator.nn.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A pool of buffers for the calls of a tagger: at most as many as recent calls ran concurrently,
 * and none that an unusually large call has enlarged. Safe for any number of threads.
 */
public final class Workspaces {
  /** Larger buffers are garbage collected after their call: 8 MB. */
  private static final long LARGEST = 1 << 21;

  /** The number of calls that count as recent. */
  private static final int RECENT = 64;

  private final Deque<Workspace> idle = new ArrayDeque<>();
  private int running;

  /** The most concurrent calls, among the recent ones and among those before them. */
  private int most;

  private int mostBefore;
  private int calls;

  /** Takes buffers for one call, which returns them. */
  public synchronized Workspace take() {
    running++;
    most = Math.max(most, running);
    return idle.isEmpty() ? new Workspace() : idle.pop();
  }

  /** Returns buffers to the pool. */
  public synchronized void giveBack(Workspace workspace) {
    running--;
    if (++calls == RECENT) {
      mostBefore = most;
      most = running;
      calls = 0;
    }
    if (workspace.floats() <= LARGEST) {
      idle.push(workspace);
    }
    while (idle.size() > Math.max(most, mostBefore) - running) {
      idle.removeLast();
    }
  }

  /** Returns the number of pooled buffers. */
  public synchronized int idle() {
    return idle.size();
  }
}
