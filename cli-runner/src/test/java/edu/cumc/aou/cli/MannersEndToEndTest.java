package edu.cumc.aou.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.print.OutFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one expects of any program of a shell. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class MannersEndToEndTest {

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 5);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Result plan(String file) {
    return site.run("plan", "--initial-load", "--out", file);
  }

  @Test
  void out_symbolicLink_isWrittenThrough() throws IOException {
    Path target =
        Files.writeString(directory.resolve("target.json"), "older and longer".repeat(9000));
    Path link = Files.createSymbolicLink(directory.resolve("link.json"), target);

    assertThat(plan("link.json").exitCode()).isZero();

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readString(target)).startsWith("{").endsWith("}");
  }

  @Test
  void out_pipe_isWrittenThrough() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(plan("pipe").exitCode()).isZero();

    assertThat(read.get(60, TimeUnit.SECONDS)).startsWith("{").endsWith("}");
    assertThat(Files.isRegularFile(pipe, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void out_device_isNotReplaced() {
    assertThat(plan("/dev/null").exitCode()).isZero();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();

    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");
    Result result = plan(full.toString());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("--out", "there is room");
  }

  @Test
  void out_deviceThatIsFull_isNoDefect_ofWhateverCommand() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    site.run("sync", "--initial-load");

    Result report = site.run("report", "--out", "/dev/full");
    assertThat(report.exitCode()).as(report.err()).isEqualTo(3);
    assertThat(report.err())
        .contains("--out /dev/full: the file cannot be written", "there is room");

    site.source("UPDATE dbo.healthpro SET [Email] = '" + "nobody ".repeat(30) + "'");
    site.nextMorning("sync");
    Result failures = site.run("failures", "--csv", "/dev/full", "--show-values");
    assertThat(failures.exitCode()).as(failures.err()).isEqualTo(3);
    assertThat(failures.err()).contains("--csv /dev/full: the file cannot be written");
  }

  @Test
  void argumentWhoseLettersAreLost_isRefused() {
    Result lost = site.run("find", "Jos\ufffd\ufffd");

    assertThat(lost.exitCode()).isEqualTo(2);
    assertThat(lost.err()).contains("LC_ALL=C.UTF-8", "Nothing was done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"split:28:file:", "nio:", "async:file:"})
  void store_isPrivate_byWhateverWayOfH2(String way) throws IOException {
    site.configure(
        "store { jdbc-url = \"jdbc:h2:"
            + way
            + directory.resolve("way")
            + "\", user = sa, password = \"\" }");

    assertThat(site.run("init").exitCode()).isZero();

    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("way")).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void out_somebodyElsesFile_keepsItsOwner() throws Exception {
    Path theirs = Files.writeString(directory.resolve("theirs.html"), "theirs");
    assumeTrue(
        new ProcessBuilder("chown", "1234", theirs.toString()).start().waitFor() == 0,
        "only root may give files away");
    Object owner = Files.getAttribute(theirs, "unix:uid");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();

    assertThat(site.run("report", "--out", "theirs.html").exitCode()).isZero();

    assertThat(Files.getAttribute(theirs, "unix:uid")).isEqualTo(owner);
    assertThat(Files.readString(theirs)).contains("<html");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).noneMatch(f -> f.getFileName().toString().endsWith(".half"));
    }
  }

  @Test
  void out_ofARefusedPlan_saysThatAnEarlierOneIsThere() throws IOException {
    Files.writeString(directory.resolve("plan.json"), "earlier");
    site.configure("contact.fields.Email { columns = [\"E-mail_HP\"] }");

    Result refused = plan("plan.json");

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("plan.json is of an earlier plan");
    assertThat(Files.readString(directory.resolve("plan.json"))).isEqualTo("earlier");
  }

  /** Nothing is worked for, removed or looked at when its result has no place. */
  @Test
  void out_inADirectoryThatIsNotThere_isRefusedFirst() {
    site.run("init");
    site.run("sync", "--initial-load");
    String someone = site.org.records("Contact").iterator().next().get("HP_PMI_ID__c").toString();

    Result plan = site.run("plan", "--out", "nowhere/plan.json");
    assertThat(plan.exitCode()).isEqualTo(3);
    assertThat(plan.err())
        .contains("--out nowhere/plan.json: its directory does not exist", "Nothing was done")
        .doesNotContain("Run 2");
    Result forget = site.run("forget", someone, "--yes", "--certificate", "nowhere/c.txt");
    assertThat(forget.exitCode()).isEqualTo(3);
    assertThat(forget.err()).contains("--certificate nowhere/c.txt: its directory does not exist");
    assertThat(site.run("find", someone).out()).doesNotContain("forgotten");
    for (String[] command :
        new String[][] {
          {"report", "--out", "nowhere/x"},
          {"failures", "--csv", "nowhere/x"},
          {"review", "--out", "nowhere/x"},
          {"schema", "export", "--out", "nowhere/x"}
        }) {
      assertThat(site.run(command).err())
          .as(command[0])
          .contains(" nowhere/x: its directory does not exist; make it, or name another");
    }
  }

  @Test
  void resultThatCannotBeWritten_isNotDone() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            new String[] {"status"},
            new PrintStream(full, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            site.world());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("could not be written to stdout");
  }

  @Test
  void storeAndItsTraceFile_arePrivate_howeverTheyAreNamed() throws IOException {
    Path trace = Files.writeString(directory.resolve("elsewhere.trace.db"), "");
    site.configure(
        "store { jdbc-url = \"jdbc:h2:"
            + directory.resolve("elsewhere")
            + "\", user = sa, password = \"\" }");

    assertThat(site.run("init").exitCode()).isZero();

    for (Path file : new Path[] {directory.resolve("elsewhere.mv.db"), trace}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source.jdbc-url = \"jdbc:sqlserver://host\\SQLEXPRESS\"",
        "salesforce.auth.private-key-file = \"C:\\keys\\sf.pem\"",
        "source.jdbc-url = jdbc\\x",
      })
  void backslash_isExplained(String line) {
    site.configure(line);
    Result result = site.run("check");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("backslash", "write two").doesNotContain("SQLEXPRESS;");
  }

  @Test
  void backslashThatIsAnEscape_isRefusedAsAControlCharacter() {
    site.configure("source.jdbc-url = \"jdbc:sqlserver://host\\test\"");
    Result result = site.run("check");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("source.jdbc-url: holds a control character");
  }

  @Test
  void namesOfFiles_thatTheLocaleCannotWrite_areRefused() {
    Charset ascii = StandardCharsets.US_ASCII;

    assertThat(OutFile.nameProblem("caf\u00e9.json", ascii)).contains("LC_ALL=C.UTF-8");
    assertThat(OutFile.nameProblem("caf??.json", ascii)).contains("LC_ALL=C.UTF-8");
    assertThat(OutFile.nameProblem("caf\ufffd.json", UTF_8)).isNotEmpty();
    assertThat(OutFile.nameProblem("plan.json", ascii)).isEmpty();
    assertThat(OutFile.nameProblem("caf\u00e9?.json", UTF_8)).isEmpty();
  }

  /** A process of its own, because the locale is the whole process's. */
  @Test
  void pathsUnderLangC_makeNothingInAWrongPlace() throws Exception {
    Path odd = Files.createDirectory(directory.resolve("caf\u00e9"));
    String url = "jdbc:h2:file:" + odd.resolve("store");
    Files.writeString(
        directory.resolve("odd.conf"),
        "store { jdbc-url = \"" + url + "\", user = sa, password = \"\" }");
    Path err = directory.resolve("odd.err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "init",
                "--config",
                "odd.conf")
            .directory(directory.toFile())
            .redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C");

    int exitCode = builder.start().waitFor();

    String said = Files.readString(err, StandardCharsets.ISO_8859_1);
    if (exitCode == 0) {
      // the platform writes UTF-8 all the same
      assertThat(odd.resolve("store.mv.db")).isRegularFile();
    } else {
      assertThat(said).contains("store.jdbc-url", "LC_ALL=C.UTF-8");
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(f -> f.contains("?"));
    }
  }
}
