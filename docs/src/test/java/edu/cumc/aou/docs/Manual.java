package edu.cumc.aou.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown files of the project, as their readers find them. */
public final class Manual {

  public static final Path ROOT = findRoot();

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

  private Manual() {}

  private static Path findRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("CHANGELOG.md"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  public static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages: those of the root, of the docs folder, and the READMEs of modules. */
  public static List<Path> pages() {
    try (Stream<Path> files = Files.walk(ROOT, 4)) {
      return files
          .filter(f -> f.toString().endsWith(".md"))
          .filter(f -> !f.toString().contains("/target/") && !f.toString().contains("/demo/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code blocks of a page in one language. */
  public static List<String> blocks(String file, String language) {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(read(file));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  /** The texts in backticks in the first cell of each row of each table of a page. */
  static List<String> firstCells(String file) {
    return firstCellsOf(read(file));
  }

  /** The same, of the tables below one heading and above the next. */
  static List<String> firstCellsBelow(String file, String heading) {
    String text = read(file);
    int start = text.indexOf("\n## " + heading + "\n");
    if (start < 0) {
      throw new IllegalArgumentException(file + " has no heading " + heading);
    }
    int end = text.indexOf("\n## ", start + 1);
    return firstCellsOf(text.substring(start, end < 0 ? text.length() : end));
  }

  private static List<String> firstCellsOf(String text) {
    List<String> texts = new ArrayList<>();
    Pattern code = Pattern.compile("`([^`]+)`");
    text.lines()
        .filter(l -> l.startsWith("| `"))
        .forEach(
            line -> {
              Matcher matcher = code.matcher(line.split("\\|")[1]);
              while (matcher.find()) {
                texts.add(matcher.group(1));
              }
            });
    return texts;
  }
}
