package io.github.rnnotator.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** Draws in pixels. It needs the module {@code java.desktop} and a font. */
final class Raster {
  private Raster() {}

  /** Writes a PNG file and leaves the stream open. */
  static void writePng(Drawing drawing, OutputStream out) throws IOException {
    BufferedImage image =
        new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Drawing.FONT));
      graphics.setColor(new Color(Drawing.WHITE));
      graphics.fillRect(0, 0, drawing.width(), drawing.height());
      drawing.shapes().forEach(shape -> draw(graphics, shape));
    } finally {
      graphics.dispose();
    }
    ImageIO.write(image, "png", out);
  }

  private static void draw(Graphics2D graphics, Drawing.Shape shape) {
    if (shape instanceof Drawing.Path path) {
      Path2D line = new Path2D.Double();
      for (Drawing.Place place : path.places()) {
        if (line.getCurrentPoint() == null) {
          line.moveTo(place.x(), place.y());
        } else {
          line.lineTo(place.x(), place.y());
        }
      }
      graphics.setColor(new Color(path.colour()));
      graphics.setStroke(new BasicStroke((float) path.width()));
      graphics.draw(line);
    } else if (shape instanceof Drawing.Words words) {
      AffineTransform upright = graphics.getTransform();
      graphics.setColor(new Color(words.colour()));
      graphics.translate(words.at().x(), words.at().y());
      if (words.upward()) {
        graphics.rotate(-Math.PI / 2);
      }
      double width = graphics.getFontMetrics().stringWidth(words.text());
      graphics.drawString(words.text(), (float) (-width * words.anchor().before()), 0);
      graphics.setTransform(upright);
    }
  }
}
