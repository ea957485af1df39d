package dev.hahn.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * A picture of the report.
 *
 * @param name name of its file without ending
 * @param title heading above it
 * @param caption what is to be seen, in sentences
 * @param image the picture, at {@link Plot#DENSITY} pixels per point
 */
public record Figure(String name, String title, String caption, BufferedImage image)
    implements Panel {
  /** The picture as a PNG file. */
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
