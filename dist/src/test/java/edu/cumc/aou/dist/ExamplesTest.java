package edu.cumc.aou.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The examples beside the packages: well-formed, and of this version. */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("src/main").toAbsolutePath();

  private static String version() {
    String name = Packages.the("aou-sync-?.?.?.zip").getFileName().toString();
    return name.substring("aou-sync-".length(), name.length() - ".zip".length());
  }

  @Test
  void task_ofEcs_namesTheImageOfThisVersion_andRunsWithoutRights() throws Exception {
    String task = Files.readString(EXAMPLES.resolve("container/ecs-task.json"));
    assertThat(task)
        .contains("/aou-sync:" + version() + "\"")
        .contains("\"readonlyRootFilesystem\": true")
        .contains("\"user\": \"10001:10001\"")
        .doesNotContainIgnoringCase("\"password\":");
  }

  @Test
  void cronJob_namesTheImageOfThisVersion_andOverlapsWithNothing() throws Exception {
    String job = Files.readString(EXAMPLES.resolve("container/cronjob.yaml"));
    assertThat(job)
        .contains("/aou-sync:" + version() + "\n")
        .contains("concurrencyPolicy: Forbid")
        .contains("readOnlyRootFilesystem: true")
        .contains("runAsNonRoot: true");
  }

  @Test
  void task_ofWindows_isWellFormed_andRunsOneAtATime() throws Exception {
    var task =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(EXAMPLES.resolve("windows/aou-sync-task.xml").toFile());
    assertThat(task.getElementsByTagName("MultipleInstancesPolicy").item(0).getTextContent())
        .isEqualTo("IgnoreNew");
  }

  @Test
  void whatWasNotTried_isSaid() throws Exception {
    for (String file :
        List.of(
            "container/Containerfile",
            "container/cronjob.yaml",
            "windows/aou-sync-task.xml",
            "sqlserver/aou-sync-job.sql")) {
      assertThat(Files.readString(EXAMPLES.resolve(file)))
          .as(file)
          .containsIgnoringCase("not ")
          .containsAnyOf("Not tried", "Not built");
    }
  }
}
