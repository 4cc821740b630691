package io.github.rnnotator.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.optimizer.Schedule.Decay;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

class ScheduleTest {
  @Property(tries = 100)
  void factorRisesThenFallsToTheFloor(
      @ForAll Decay decay,
      @ForAll @IntRange(max = 30) int warmup,
      @ForAll @FloatRange(min = 0.01f, max = 1) float floor,
      @ForAll @IntRange(min = 31, max = 200) int steps) {
    Schedule schedule = new Schedule(decay, warmup, floor);
    float before = 0;
    for (int step = 0; step < steps; step++) {
      float factor = schedule.factor(step, steps);
      assertThat(factor).isBetween(0f, 1f);
      if (step < warmup) {
        assertThat(factor).isGreaterThan(before);
      } else {
        if (step > warmup) {
          assertThat(factor).isLessThanOrEqualTo(before);
        }
        assertThat(factor).isGreaterThanOrEqualTo(decay == Decay.CONSTANT ? 1 : floor - 1e-6f);
      }
      before = factor;
    }
    float end = decay == Decay.CONSTANT ? 1 : floor;
    assertThat(schedule.factor(steps, steps)).isCloseTo(end, within(1e-6f));
    assertThat(schedule.factor(10L * steps, steps)).isCloseTo(end, within(1e-6f));
  }

  @Example
  void warmupRisesInEqualSteps() {
    Schedule schedule = new Schedule(Decay.CONSTANT, 4, 0);
    assertThat(factors(schedule, 6, 100)).containsExactly(0.25f, 0.5f, 0.75f, 1, 1, 1);
  }

  @Example
  void linearFallsInEqualSteps() {
    assertThat(factors(new Schedule(Decay.LINEAR, 0, 0), 5, 4))
        .containsExactly(1, 0.75f, 0.5f, 0.25f, 0);
    assertThat(factors(new Schedule(Decay.LINEAR, 2, 0.5f), 7, 6))
        .containsExactly(new float[] {0.5f, 1, 1, 0.875f, 0.75f, 0.625f, 0.5f}, within(1e-6f));
  }

  @Example
  void cosineFallsAlongHalfACosine() {
    // (1 + cos(pi k / 4)) / 2
    assertThat(factors(new Schedule(Decay.COSINE, 0, 0), 5, 4))
        .containsExactly(new float[] {1, 0.8535534f, 0.5f, 0.1464466f, 0}, within(1e-6f));
    assertThat(new Schedule(Decay.COSINE, 0, 0.2f).factor(2, 4)).isCloseTo(0.6f, within(1e-6f));
  }

  @Example
  void exponentialAndInverseFallFastestAtTheStart() {
    assertThat(factors(new Schedule(Decay.EXPONENTIAL, 0, 0.0625f), 5, 4))
        .containsExactly(new float[] {1, 0.5f, 0.25f, 0.125f, 0.0625f}, within(1e-6f));
    assertThat(factors(new Schedule(Decay.INVERSE, 0, 0.2f), 5, 4))
        .containsExactly(new float[] {1, 1 / 2f, 1 / 3f, 1 / 4f, 1 / 5f}, within(1e-6f));
  }

  @Example
  void floorOutOfRangeIsRefused() {
    for (float floor : new float[] {-0.1f, 1.1f, Float.NaN}) {
      assertThatThrownBy(() -> new Schedule(Decay.LINEAR, 0, floor))
          .hasMessage("floor is " + floor + ", expected 0 or more, at most 1");
    }
    for (Decay decay : new Decay[] {Decay.EXPONENTIAL, Decay.INVERSE}) {
      assertThatThrownBy(() -> new Schedule(decay, 0, 0))
          .hasMessage("floor is 0.0, expected more than 0, at most 1");
    }
  }

  private static float[] factors(Schedule schedule, int count, long steps) {
    float[] factors = new float[count];
    for (int step = 0; step < count; step++) {
      factors[step] = schedule.factor(step, steps);
    }
    return factors;
  }
}
