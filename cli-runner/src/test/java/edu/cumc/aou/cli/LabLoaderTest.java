package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabLoaderTest {
  @Test
  void lab_isThere_whereItsClassesAre() {
    assertThat(LabLoader.find("demo").getClass().getPackageName())
        .isEqualTo("edu.cumc.aou.cli.lab");
  }

  @Test
  void missingLab_isNamed_withWhereToPutIt(@TempDir Path home) throws Exception {
    ClassLoader withoutLab = ClassLoader.getPlatformClassLoader();

    assertThatThrownBy(() -> LabLoader.fromJar("demo", withoutLab, Optional.of(home)))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageStartingWith("demo needs aou-sync-lab.jar, which is not there");
    // a jar of this name that is something else
    Files.createFile(home.resolve(LabLoader.JAR));
    assertThatThrownBy(() -> LabLoader.fromJar("demo", withoutLab, Optional.of(home)))
        .hasMessageContaining("aou-sync-lab.jar");
    assertThatThrownBy(() -> LabLoader.fromJar("demo", withoutLab, Optional.empty()))
        .hasMessageContaining("aou-sync-lab.jar");
  }
}
