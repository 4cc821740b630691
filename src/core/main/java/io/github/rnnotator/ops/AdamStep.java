package io.github.rnnotator.ops;

/**
 * The factors of one Adam step, see {@link Ops#adam}.
 *
 * @param scale multiplies the gradients first (gradient clipping)
 * @param beta1 the decay of the first moment {@code m}
 * @param beta2 the decay of the second moment {@code v}
 * @param rate the learning rate, with the bias corrections of both moments
 * @param epsilon keeps the divisor from 0, with the bias correction of {@code v}
 * @param mWeight the weight of {@code m} in the update: 1 for Adam
 * @param gWeight the weight of the gradient in the update: 0 for Adam
 */
public record AdamStep(
    float scale,
    float beta1,
    float beta2,
    float rate,
    float epsilon,
    float mWeight,
    float gWeight) {}
