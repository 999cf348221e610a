package edu.cumc.aou.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/** What came out of the printer. */
final class PrintedPages {

  private static final int DOTS_PER_INCH = 50;
  private static final double MARGIN_INCHES = 10 / 25.4;
  private static final int NOT_WHITE = 250;

  private final String text;
  private final List<BufferedImage> pictures = new ArrayList<>();

  private PrintedPages(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      text = new PDFTextStripper().getText(document);
      PDFRenderer renderer = new PDFRenderer(document);
      for (int page = 0; page < document.getNumberOfPages(); page++) {
        pictures.add(renderer.renderImageWithDPI(page, DOTS_PER_INCH));
      }
    }
  }

  static PrintedPages of(byte[] pdf) throws IOException {
    return new PrintedPages(pdf);
  }

  /**
   * One sheet.
   *
   * @param isWithinMargins whether its margins are white, so that nothing was cut there
   * @param filled down to which part of its height something is printed
   */
  record Sheet(int number, boolean isWithinMargins, double filled) {}

  String text() {
    return text;
  }

  List<Sheet> sheets() {
    List<Sheet> sheets = new ArrayList<>();
    for (BufferedImage picture : pictures) {
      int margin = (int) (MARGIN_INCHES * DOTS_PER_INCH);
      boolean within = true;
      int lowest = 0;
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < picture.getWidth(); x++) {
          if ((picture.getRGB(x, y) & 0xFF) < NOT_WHITE) {
            lowest = y;
            within &= x >= margin && x < picture.getWidth() - margin;
          }
        }
      }
      sheets.add(new Sheet(sheets.size() + 1, within, (double) lowest / picture.getHeight()));
    }
    return sheets;
  }

  /** Leaves the sheets beside each other, to be looked at. */
  void keepPictures(String name) throws IOException {
    int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum();
    BufferedImage all =
        new BufferedImage(width, pictures.get(0).getHeight(), BufferedImage.TYPE_INT_RGB);
    int x = 0;
    for (BufferedImage picture : pictures) {
      all.getGraphics().drawImage(picture, x, 0, null);
      x += picture.getWidth();
    }
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    ImageIO.write(all, "png", folder.resolve(name + ".png").toFile());
  }
}
