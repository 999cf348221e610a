package edu.cumc.aou.sync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  @TempDir Path directory;

  @Test
  void environment_goesBeforeFileAndFileBeforeDefaults() throws IOException {
    write("source { user = from-file, password = from-file }\nlocal-zone = from-file");
    Config config =
        ConfigFile.read("a.conf", directory)
            .resolve(
                Map.of("AOU_SOURCE_USER", "from-environment"),
                ConfigFactory.parseString("local-zone = default, lease = default"));

    assertThat(config.getString("source.user")).isEqualTo("from-environment");
    assertThat(config.getString("source.password")).isEqualTo("from-file");
    assertThat(config.getString("local-zone")).isEqualTo("from-file");
    assertThat(config.getString("lease")).isEqualTo("default");
  }

  @Test
  void substitution_seesTheEnvironmentThatIsGiven() throws IOException {
    write("source.password = ${SECRET_OF_MINE}");
    Config config =
        ConfigFile.read("a.conf", directory)
            .resolve(Map.of("SECRET_OF_MINE", "x y"), ConfigFactory.empty());

    assertThat(config.getString("source.password")).isEqualTo("x y");
    assertThat(config.hasPath("SECRET_OF_MINE")).isFalse();
  }

  @Test
  void substitution_inThePlaceOfAnotherSetting_seesTheEnvironment() throws IOException {
    write("source { user = reader, password = \"\" }\nsource.password = ${SECRET_OF_MINE}");
    Config config =
        ConfigFile.read("a.conf", directory)
            .resolve(
                Map.of("SECRET_OF_MINE", "x y", "HOME", "/"),
                ConfigFactory.parseString("source.contacts = c"));

    assertThat(config.getString("source.password")).isEqualTo("x y");
    assertThat(config.getString("source.contacts")).isEqualTo("c");
    assertThat(config.root().keySet()).containsExactly("source");
  }

  @Test
  void substitution_inAnIncludedFile_seesTheEnvironment() throws IOException {
    write("source { include \"secrets.conf\" }\ninclude \"site.conf\"");
    Files.writeString(directory.resolve("secrets.conf"), "password = ${SECRET_OF_MINE}");
    Files.writeString(directory.resolve("site.conf"), "site = here\nsite = ${SITE_OF_MINE}");
    ConfigFile file = ConfigFile.read("a.conf", directory);
    Config config =
        file.resolve(
            Map.of("SECRET_OF_MINE", "x y", "SITE_OF_MINE", "there"), ConfigFactory.empty());

    assertThat(config.getString("source.password")).isEqualTo("x y");
    assertThat(config.getString("site")).isEqualTo("there");
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> file.resolve(Map.of("SECRET_OF_MINE", "x"), ConfigFactory.empty()))
        .withMessageContaining("site.conf, which a.conf includes, line 2")
        .withMessageContaining("${SITE_OF_MINE}");
  }

  @Test
  void includedFileThatIsNotUtf8_isRefused_withItsName() throws IOException {
    write("include \"site.conf\"");
    Files.writeString(
        directory.resolve("site.conf"), "a = b\nsite = M\u00fcller", StandardCharsets.ISO_8859_1);
    ConfigFile file = ConfigFile.read("a.conf", directory);

    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> file.resolve(Map.of(), ConfigFactory.empty()))
        .withMessageContaining("site.conf:2: this is not UTF-8");
  }

  @Test
  void substitution_thatLeadsNowhereNamesFileLineAndName() throws IOException {
    write("environment = sandbox\nsource.password = ${NO_SUCH_THING}");
    ConfigFile file = ConfigFile.read("a.conf", directory);

    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> file.resolve(Map.of(), ConfigFactory.empty()))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .withMessageContaining("a.conf:2")
        .withMessageContaining("${NO_SUCH_THING}");
  }

  @Test
  void syntaxError_namesFileAndLineAndQuotesNothing() throws IOException {
    write("environment = sandbox\nsource.password = hunter2 ] }\n");

    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> ConfigFile.read("a.conf", directory))
        .withMessageContaining("a.conf:2")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"))
        .satisfies(e -> assertThat(e.getCause()).isNull());
  }

  @Test
  void fileThatIsNotUtf8_isRefused_withTheLine() throws IOException {
    Path file = directory.resolve("a.conf");
    Files.writeString(
        file,
        "environment = sandbox\nsource.password = \"caf\u00e9\"\n",
        StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> ConfigFile.read("a.conf", directory))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .withMessageContaining("a.conf:2: this is not UTF-8")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("caf"));

    Files.writeString(file, "environment = sandbox\n", StandardCharsets.UTF_16);
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> ConfigFile.read("a.conf", directory))
        .withMessageContaining("a.conf:1: this is not UTF-8");
  }

  @Test
  void byteOrderMarkAndWindowsLineEnds_areTaken() throws IOException {
    write("\ufeffenvironment = sandbox\r\nsource.password = \"caf\u00e9\"\r\n");

    Config config = ConfigFile.read("a.conf", directory).resolve(Map.of(), ConfigFactory.empty());

    assertThat(config.getString("environment")).isEqualTo("sandbox");
    assertThat(config.getString("source.password")).isEqualTo("caf\u00e9");
  }

  @Test
  void missingFile_isAnErrorThatNamesIt() {
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> ConfigFile.read("absent.conf", directory))
        .withMessageContaining("absent.conf");
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> ConfigFile.read("classpath:absent.conf", directory))
        .withMessageContaining("absent.conf");
  }

  @Test
  void none_leavesEnvironmentAndDefaults() {
    Config config =
        ConfigFile.none()
            .resolve(Map.of("AOU_STORE_USER", "somebody"), ConfigFactory.parseString("lease = 5m"));

    assertThat(config.getString("store.user")).isEqualTo("somebody");
    assertThat(config.getString("lease")).isEqualTo("5m");
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("a.conf"), text);
  }
}
