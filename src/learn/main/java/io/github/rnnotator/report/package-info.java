/**
 * What an evaluation and a training run look like: {@link io.github.rnnotator.report.HtmlReport},
 * {@link io.github.rnnotator.report.JsonReport} and {@link io.github.rnnotator.report.TextReport}
 * show an {@link io.github.rnnotator.eval.EvaluationReport}, {@link
 * io.github.rnnotator.report.CurveChart} draws learning curves, {@link
 * io.github.rnnotator.report.SpeedPlot} scores over speed.
 */
@NullMarked
package io.github.rnnotator.report;

import org.jspecify.annotations.NullMarked;
