package edu.cumc.aou.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.cli.page.RunPage.Code;
import edu.cumc.aou.cli.page.RunPage.Details;
import edu.cumc.aou.cli.page.RunPage.Fact;
import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageWriterTest {

  @TempDir private Path directory;

  private static RunPage page(String code) {
    return new RunPage(
        "Example Clinic, sandbox",
        "00D000000000001",
        "Run 1: sync",
        "look",
        "0 changes.",
        "Done.",
        List.of(),
        List.of(new Fact("State", "done")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        true,
        List.of(),
        new Details(
            List.of(new Code("1 contact", "refused", code, "Phone")),
            List.of(),
            List.of(),
            List.of(),
            "",
            List.of(),
            List.of(),
            List.of()),
        List.of());
  }

  private OutFile out(String name) {
    return OutFile.of("--out", Path.of(name), directory);
  }

  @Test
  void write_textOfOthers_cannotBecomeMarkup() throws IOException {
    Path file = directory.resolve("run.html");

    PageWriter.write(page("<script>alert(1)</script>&\""), out("run.html"));

    assertThat(Files.readString(file))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;")
        .doesNotContain("<script");
  }

  @Test
  void write_again_replacesTheFile_whichIsForItsOwner() throws IOException {
    Path file = directory.resolve("run.html");
    Files.writeString(file, "an older page");

    PageWriter.write(page("CODE"), out("run.html"));

    assertThat(Files.readString(file)).contains("CODE").doesNotContain("an older page");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void write_directoryThatIsNotThere_saysWhatToLookAt() {
    assertThatThrownBy(() -> PageWriter.write(page("CODE"), out("no/run.html")))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("--out no/run.html: its directory does not exist");
  }
}
