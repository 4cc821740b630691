package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import java.util.random.RandomGenerator;

/** Varies the training data, so that each epoch learns from another version of it. */
@FunctionalInterface
public interface Augmentation {
  /**
   * Returns the data of an epoch; the same state of the generator gives the same data. Words and
   * labels that only it has are unknown to the model.
   */
  Dataset of(RandomGenerator random);
}
