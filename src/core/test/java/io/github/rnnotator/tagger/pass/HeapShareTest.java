package io.github.rnnotator.tagger.pass;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapShareTest {
  @Test
  void aLargerHeapNeverGivesLess() {
    HeapShare before = new HeapShare(0);
    for (long megabytes = 1; megabytes < 1 << 20; megabytes += 1 + megabytes / 7) {
      HeapShare share = new HeapShare(megabytes << 20);
      assertThat(share.batchTokens()).isBetween(before.batchTokens(), 2048);
      assertThat(share.cachedBytes()).isBetween(before.cachedBytes(), 28 << 20);
      before = share;
    }
    assertThat(before.batchTokens()).isEqualTo(2048);
    assertThat(before.cachedBytes()).isEqualTo(28 << 20);
  }

  @Test
  void aSmallHeapGivesAShareOfIt() {
    assertThat(new HeapShare(0).batchTokens()).isPositive();
    assertThat(new HeapShare(64 << 20).batchTokens()).isEqualTo(256);
    assertThat(new HeapShare(64 << 20).cachedBytes()).isEqualTo(4 << 20);
  }
}
