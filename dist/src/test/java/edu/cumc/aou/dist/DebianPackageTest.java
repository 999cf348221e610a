package edu.cumc.aou.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package: what it holds, and on a machine that may be changed, its life. */
class DebianPackageTest {

  @TempDir static Path folder;

  private static String deb;

  @BeforeAll
  static void find() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is not on this machine");
    deb = Packages.the("aou-sync_*_all.deb").toString();
  }

  @Test
  void contents_areOwnedByRoot_andSecretsAreReadByNobodyElse() throws Exception {
    String contents = Packages.output(folder, "dpkg-deb", "-c", deb);
    assertThat(contents)
        .containsPattern("-rwxr-xr-x root/root .* \\./usr/share/aou-sync/bin/aou-sync\n")
        .containsPattern("-rw-r--r-- root/root .* \\./usr/share/aou-sync/lib/aou-sync\\.jar\n")
        .containsPattern(
            "l[rwx-]{9} root/root .* \\./usr/bin/aou-sync -> /usr/share/aou-sync/bin/aou-sync\n")
        .containsPattern("-rw-r----- root/root .* \\./etc/aou-sync/aou-sync\\.conf\n")
        .containsPattern("-rw------- root/root .* \\./etc/aou-sync/aou-sync\\.env\n")
        .containsPattern("\\./lib/systemd/system/aou-sync\\.service\n")
        .containsPattern("\\./lib/systemd/system/aou-sync\\.timer\n")
        .containsPattern("\\./usr/share/man/man1/aou-sync-sync\\.1\n");
    assertThat(contents.lines()).allMatch(l -> l.contains(" root/root "));
  }

  @Test
  void configuration_survivesAnUpgrade() throws Exception {
    assertThat(Packages.output(folder, "dpkg-deb", "-I", deb, "conffiles").lines())
        .containsExactlyInAnyOrder("/etc/aou-sync/aou-sync.conf", "/etc/aou-sync/aou-sync.env");
  }

  @Test
  void units_areWhatSystemdTakes() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "systemd-analyze is not on this machine");
    Path root = Files.createDirectories(folder.resolve("root"));
    Packages.output(folder, "dpkg-deb", "-x", deb, root.toString());
    String said =
        Packages.output(
            folder,
            "sh",
            "-c",
            "systemd-analyze verify --man=no --recursive-errors=no "
                + root
                + "/lib/systemd/system/aou-sync.service 2>&1 | grep aou-sync | grep -v 'not executable' || true");
    assertThat(said).isEmpty();
  }

  /** Changes the machine: only where that is asked for. */
  @Test
  @EnabledIfSystemProperty(
      named = "aou.test.deb",
      matches = "install",
      disabledReason =
          "-Daou.test.deb=install lets it install and remove the package on this machine")
  void package_isInstalled_used_andRemoved() throws Exception {
    try {
      Packages.output(folder, "dpkg", "--force-depends", "-i", deb);
      assertThat(Packages.output(folder, "aou-sync", "version")).startsWith("aou-sync ");
      assertThat(Packages.output(folder, "id", "-un", "aou-sync").strip()).isEqualTo("aou-sync");
      assertThat(Packages.output(folder, "stat", "-c", "%U:%G %a", "/etc/aou-sync/aou-sync.conf"))
          .isEqualTo("root:aou-sync 640\n");
    } finally {
      Packages.output(folder, "dpkg", "--purge", "aou-sync");
    }
    assertThat(Path.of("/usr/bin/aou-sync")).doesNotExist();
    assertThat(Path.of("/etc/aou-sync")).doesNotExist();
  }
}
