package io.github.rnnotator.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/**
 * Draws learning curves: dev scores on the left axis, one colour per head, and the training loss in
 * grey on the right axis; the runs of several seeds as thin lines of the same colours.
 */
public final class CurveChart {
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x1f77b4),
          new Color(0xd62728),
          new Color(0x2ca02c),
          new Color(0x9467bd),
          new Color(0xff7f0e));

  private CurveChart() {}

  /** Image formats. */
  public enum Format {
    /** Raster image. */
    PNG,
    /** Vector image. */
    SVG
  }

  /**
   * Draws the curves and leaves the stream open.
   *
   * @param curves with at least one point
   */
  public static void write(OutputStream out, LearningCurves curves, String title, Format format)
      throws IOException {
    XYChart chart = chart(curves, title);
    switch (format) {
      case PNG -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
      case SVG -> writeSvg(out, chart);
    }
  }

  private static void writeSvg(OutputStream out, XYChart chart) throws IOException {
    SVGGraphics2D graphics = new SVGGraphics2D(emptySvg());
    graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    graphics.stream(writer, true);
    writer.flush();
  }

  private static Document emptySvg() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java can make an empty document", e);
    }
  }

  private static XYChart chart(LearningCurves curves, String title) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(560)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle("dev score")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    chart.setYAxisGroupTitle(1, "training loss (nats per token)");
    Set<Long> seeds = new LinkedHashSet<>();
    curves.points().forEach(point -> seeds.add(point.seed()));
    float width = seeds.size() == 1 ? 2 : 1;
    boolean first = true;
    for (long seed : seeds) {
      List<LearningCurves.Point> run =
          curves.points().stream().filter(point -> point.seed() == seed).toList();
      List<Integer> epochs = run.stream().map(LearningCurves.Point::epoch).toList();
      int head = 0;
      for (String name : run.get(0).scores().keySet()) {
        List<Double> scores = run.stream().map(p -> p.scores().getOrDefault(name, 0.0)).toList();
        XYSeries series = chart.addSeries(name + (first ? "" : ", seed " + seed), epochs, scores);
        style(series, COLOURS.get(head++ % COLOURS.size()), width, first);
      }
      List<Double> losses = new ArrayList<>(run.stream().map(p -> p.loss()).toList());
      XYSeries loss = chart.addSeries("loss" + (first ? "" : ", seed " + seed), epochs, losses);
      loss.setYAxisGroup(1);
      style(loss, Color.GRAY, width, first);
      first = false;
    }
    return chart;
  }

  private static void style(XYSeries series, Color colour, float width, boolean first) {
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width));
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(first);
  }
}
