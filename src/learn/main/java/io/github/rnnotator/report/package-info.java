/** What an {@link io.github.rnnotator.eval.EvaluationReport} looks like: JSON, text, HTML. */
@NullMarked
package io.github.rnnotator.report;

import org.jspecify.annotations.NullMarked;
