package edu.cumc.aou.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import edu.cumc.aou.dist.Packages.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
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

  @Test
  void service_isTriedAgain_whenItSaysSoOrWasKilled() throws Exception {
    Path root = Files.createDirectories(folder.resolve("unit"));
    Packages.output(folder, "dpkg-deb", "-x", deb, root.toString());
    assertThat(Files.readAllLines(root.resolve("lib/systemd/system/aou-sync.service")))
        .contains(
            "Restart=on-failure",
            "RestartPreventExitStatus=1 2 3 5 6 7 126 127 130 143 CHDIR EXEC USER GROUP NAMESPACE"
                + " STATE_DIRECTORY CACHE_DIRECTORY");
  }

  /** By a systemd that only says what it was told. */
  @Test
  void commandAsTheService_hasItsSecrets_andNamesThePerson() throws Exception {
    Path root = Files.createDirectories(folder.resolve("helper"));
    Packages.output(folder, "dpkg-deb", "-x", deb, root.toString());
    Path tools = Files.createDirectories(folder.resolve("stubs"));
    script(tools.resolve("id"), "echo 0");
    script(tools.resolve("systemd-run"), "printf '%s\\n' \"$@\"");
    script(tools.resolve("systemctl"), "echo degraded; exit 1");
    String service = root.resolve("usr/bin/aou-sync-service").toString();
    Map<String, String> sudo = Map.of("PATH", tools + ":/usr/bin:/bin", "SUDO_USER", "an.analyst");

    Ended told =
        Packages.run(folder, sudo, List.of(service, "release", "P000000001", "--reason", "5 $ a"));

    assertThat(told.exitCode()).as(told.err()).isZero();
    assertThat(told.out())
        .contains("--property=User=aou-sync\n")
        .contains("--property=EnvironmentFile=-/etc/aou-sync/aou-sync.env\n")
        .endsWith("--as-service\nan.analyst\nrelease\nP000000001\n--reason\n5 $$ a\n");
    script(tools.resolve("id"), "echo 1000");
    Ended refused = Packages.run(folder, sudo, List.of(service, "check"));
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("sudo");

    script(tools.resolve("id"), "echo 0");
    script(tools.resolve("systemctl"), "echo offline; exit 1");
    Ended alone = Packages.run(folder, sudo, List.of(service, "check"));
    assertThat(alone.exitCode()).isEqualTo(3);
    assertThat(alone.err()).contains("no systemd runs here; start aou-sync itself");
  }

  private static void script(Path file, String line) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
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
      install();
      assertThat(Packages.output(folder, "aou-sync", "version")).startsWith("aou-sync ");
      assertThat(Packages.output(folder, "id", "-un", "aou-sync").strip()).isEqualTo("aou-sync");
      assertThat(owner("/etc/aou-sync/aou-sync.conf")).isEqualTo("root:aou-sync 640");
      assertThat(owner("/var/lib/aou-sync")).isEqualTo("aou-sync:aou-sync 700");
    } finally {
      purge();
    }
    assertThat(Path.of("/usr/bin/aou-sync")).doesNotExist();
    assertThat(Path.of("/etc/aou-sync")).doesNotExist();
    assertThat(Path.of("/var/lib/aou-sync")).doesNotExist();
    assertThat(user()).isEmpty();
  }

  @Test
  @EnabledIfSystemProperty(named = "aou.test.deb", matches = "install")
  void upgrade_keepsWhatTheSiteChanged_evenWhereItRemovedTheConfiguration() throws Exception {
    Path configuration = Path.of("/etc/aou-sync/aou-sync.conf");
    try {
      install();
      Files.writeString(configuration, "# of the site\n", StandardOpenOption.APPEND);
      install();
      assertThat(Files.readString(configuration)).endsWith("# of the site\n");
      Files.delete(configuration);
      install();
      assertThat(configuration).doesNotExist();
    } finally {
      purge();
    }
  }

  /** Or the next user that the system makes owns participants' data. */
  @Test
  @EnabledIfSystemProperty(named = "aou.test.deb", matches = "install")
  void ownerOfTheData_staysWhileTheDataStay() throws Exception {
    Path store = Path.of("/var/lib/aou-sync/aou-sync-store.mv.db");
    try {
      install();
      Files.writeString(store, "invented");
      purge();
      assertThat(store).exists();
      assertThat(owner("/var/lib/aou-sync")).isEqualTo("aou-sync:aou-sync 700");
      install();
    } finally {
      Files.deleteIfExists(store);
      purge();
    }
    assertThat(user()).isEmpty();
  }

  private static void install() throws Exception {
    Packages.output(folder, "dpkg", "--force-depends", "--force-confold", "-i", deb);
  }

  private static void purge() throws Exception {
    Packages.output(folder, "dpkg", "--purge", "aou-sync");
  }

  private static String owner(String file) throws Exception {
    return Packages.output(folder, "stat", "-c", "%U:%G %a", file).strip();
  }

  private static String user() throws Exception {
    return Packages.output(folder, "sh", "-c", "getent passwd aou-sync || true");
  }
}
