package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual can be read from its first page to its last, and left for its index anywhere. */
class NeighboursTest {

  private static final Pattern ENTRY = Pattern.compile("(?m)^\\| \\[([^]]+)]\\(([a-z-]+\\.md)\\)");

  /** A page of the manual, as its index names it. */
  record Page(String title, String file) {
    String link() {
      return "[" + title + "](" + file + ")";
    }
  }

  static List<Page> pages() {
    return ENTRY
        .matcher(Manual.read("docs/README.md"))
        .results()
        .map(r -> new Page(r.group(1), r.group(2)))
        .toList();
  }

  /** What stands at the end of a page. */
  static String trail(String file) {
    List<Page> pages = pages();
    int index = pages.stream().map(Page::file).toList().indexOf(file);
    List<String> parts = new ArrayList<>();
    if (index > 0) {
      parts.add("Before: " + pages.get(index - 1).link());
    }
    if (index + 1 < pages.size()) {
      parts.add("Next: " + pages.get(index + 1).link());
    }
    parts.add("[All pages](README.md)");
    if (!file.equals("glossary.md")) {
      parts.add("[What the words mean](glossary.md)");
    }
    return String.join(" · ", parts);
  }

  @Test
  void index_namesEveryPage() {
    Path docs = Manual.ROOT.resolve("docs");
    List<String> files =
        Manual.pages().stream()
            .filter(p -> docs.equals(p.getParent()))
            .map(p -> p.getFileName().toString())
            .filter(f -> !f.equals("README.md"))
            .toList();
    assertThat(pages()).extracting(Page::file).containsExactlyInAnyOrderElementsOf(files);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_endsWithWhereToGoOn(Page page) {
    assertThat(Manual.read("docs/" + page.file()).stripTrailing())
        .endsWith("\n\n" + trail(page.file()));
  }
}
