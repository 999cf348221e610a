package edu.cumc.aou.cli.page;

import java.util.List;

/**
 * The course of one number over the syncs: drawn, and in words that say the same.
 *
 * @param id unique on the page
 * @param words for people who cannot see the drawing, and for everybody else
 * @param shapes the drawing, in drawing order
 * @param texts numbers and days in the drawing
 */
public record Chart(String id, String title, String words, List<Shape> shapes, List<Text> texts) {

  public static final int WIDTH = 320;
  public static final int HEIGHT = 124;

  public Chart {
    shapes = List.copyOf(shapes);
    texts = List.copyOf(texts);
  }

  /**
   * A shape.
   *
   * @param style the name of a style of the page
   * @param path in SVG syntax
   * @param hint shown when a reader points at it
   */
  public record Shape(String style, String path, String hint) {}

  /** A text and its place; {@code anchor} as SVG names it. */
  public record Text(String style, int x, int y, String anchor, String text) {}
}
