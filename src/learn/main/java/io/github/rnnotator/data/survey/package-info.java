/**
 * A look at a corpus file before training: {@link io.github.rnnotator.data.survey.CorpusSurvey}
 * says what its columns hold, {@link io.github.rnnotator.data.survey.RecipeDraft} writes a recipe
 * to start from.
 */
@NullMarked
package io.github.rnnotator.data.survey;

import org.jspecify.annotations.NullMarked;
