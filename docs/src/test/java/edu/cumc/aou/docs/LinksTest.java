package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  @Test
  void links_leadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    int anchors = 0;
    for (Path page : Manual.pages()) {
      Matcher matcher = LINK.matcher(Files.readString(page));
      while (matcher.find()) {
        if (matcher.group(1).contains("://")) {
          continue;
        }
        links++;
        Path target =
            matcher.group(1).isEmpty() ? page : page.getParent().resolve(matcher.group(1));
        String anchor = matcher.group(2);
        anchors += anchor == null ? 0 : 1;
        if (!Files.exists(target) || (anchor != null && !anchors(target).contains(anchor))) {
          broken.add(Manual.ROOT.relativize(page) + " -> " + matcher.group());
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(5);
    assertThat(anchors).isGreaterThan(5);
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(r -> r.group(1).toLowerCase(Locale.ROOT))
        .map(h -> h.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
