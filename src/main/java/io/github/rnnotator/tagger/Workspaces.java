package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The buffers that wait for the next call of a tagger: no more than calls were running at a time
 * recently, and none that an unusually large call has blown up. Safe for any number of threads.
 */
final class Workspaces {
  /** Larger ones are left to the garbage collector after their call: 8 MB. */
  private static final long LARGEST = 1 << 21;

  /** How many calls are recent. */
  private static final int RECENT = 64;

  private final Deque<Workspace> idle = new ArrayDeque<>();
  private int running;

  /** The most calls that ran at a time, among the recent ones and among those before them. */
  private int most;

  private int mostBefore;
  private int calls;

  /** Buffers for one call, which gives them back. */
  synchronized Workspace take() {
    running++;
    most = Math.max(most, running);
    return idle.isEmpty() ? new Workspace() : idle.pop();
  }

  /** Takes buffers back. */
  synchronized void giveBack(Workspace workspace) {
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

  /** How many buffers wait. */
  synchronized int idle() {
    return idle.size();
  }
}
