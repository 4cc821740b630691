package io.github.rnnotator.nn.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatticeTest {
  /** All ways, one by one. */
  private static final class Ways {
    private final int positions;
    private final int symbols;
    private final double[] write;
    private final double[] advance;
    private final double[] writing;
    private final double[] advancing;
    private double sum;

    Ways(int positions, int symbols, double[] write, double[] advance) {
      this.positions = positions;
      this.symbols = symbols;
      this.write = write;
      this.advance = advance;
      this.writing = new double[write.length];
      this.advancing = new double[write.length];
      follow(0, 0, 1, new int[positions + symbols], 0);
    }

    private void follow(int j, int u, double p, int[] path, int steps) {
      if (j == positions) {
        if (u == symbols) {
          sum += p;
          for (int i = 0; i < steps; i++) {
            (path[i] >= 0 ? writing : advancing)[path[i] >= 0 ? path[i] : ~path[i]] += p;
          }
        }
        return;
      }
      int node = j * (symbols + 1) + u;
      if (u < symbols) {
        path[steps] = node;
        follow(j, u + 1, p * Math.exp(write[node]), path, steps + 1);
      }
      path[steps] = ~node;
      follow(j + 1, u, p * Math.exp(advance[node]), path, steps + 1);
    }
  }

  @Test
  void sumsAndSharesAreThoseOfEnumeration() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 1; n <= 4; n++) {
      for (int m = 0; m <= 4; m++) {
        double[] write = random.doubles((long) n * (m + 1), -3, 0).toArray();
        double[] advance = random.doubles((long) n * (m + 1), -3, 0).toArray();
        Lattice lattice = new Lattice(n, m, write, advance);
        Ways ways = new Ways(n, m, write, advance);
        assertThat(lattice.logProbability()).isCloseTo(Math.log(ways.sum), within(1e-10));
        for (int j = 0; j < n; j++) {
          for (int u = 0; u <= m; u++) {
            int node = j * (m + 1) + u;
            assertThat(lattice.advanced(j, u))
                .isCloseTo(ways.advancing[node] / ways.sum, within(1e-10));
            assertThat(lattice.written(j, u))
                .isCloseTo(ways.writing[node] / ways.sum, within(1e-10));
          }
        }
      }
    }
  }

  @Test
  void longSourcesDoNotUnderflow() {
    int n = 300;
    int m = 200;
    double[] logs = new double[n * (m + 1)];
    Arrays.fill(logs, -50);
    Lattice lattice = new Lattice(n, m, logs, logs);
    assertThat(lattice.logProbability()).isFinite().isNegative();
    double written = 0;
    for (int j = 0; j < n; j++) {
      written += lattice.written(j, 7);
    }
    assertThat(written).isCloseTo(1, within(1e-9));
  }

  @Test
  void writtenSymbolsAreComparedByValue() {
    Written a = Written.NOTHING.and(1).and(2);
    Written b = Written.NOTHING.and(1).and(2);
    assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
    assertThat(a.symbols()).containsExactly(1, 2);
    assertThat(a).isNotEqualTo(Written.NOTHING.and(2).and(2));
    assertThat(a).isNotEqualTo(Written.NOTHING.and(1));
  }
}
