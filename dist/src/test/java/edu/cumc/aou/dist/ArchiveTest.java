package edu.cumc.aou.dist;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.dist.Packages.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archives, unpacked and used as a site would, in awkward places. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher for Windows is not tried here")
@Tag("slow")
class ArchiveTest {

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir static Path folder;

  private static Path home;

  @BeforeAll
  static void unpack() throws Exception {
    Path awkward = Files.createDirectories(folder.resolve("Größe mit Leerzeichen"));
    Packages.output(awkward, "tar", "-xzf", Packages.the("aou-sync-?.?.?.tar.gz").toString());
    try (var inside = Files.list(awkward)) {
      home = inside.findFirst().orElseThrow();
    }
  }

  private static Ended launch(Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/aou-sync").toString()));
    command.addAll(List.of(arguments));
    return Packages.run(folder, environment, command);
  }

  /** A folder for PATH with the tools that the launcher uses, and no Java. */
  private static Path toolsWithoutJava() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("sh", "dirname", "readlink", "sed", "head", "mkdir", "mv", "rm")) {
      Path link = tools.resolve(tool);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(
            link, Path.of(Packages.output(folder, "sh", "-c", "command -v " + tool).strip()));
      }
    }
    return tools;
  }

  @Test
  void launcher_inAFolderWithABlankAndAnUmlaut_withAnEmptyEnvironment() throws Exception {
    Ended ended =
        launch(Map.of("JAVA_HOME", JAVA_HOME.toString(), "PATH", "/usr/bin:/bin"), "version");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("aou-sync ").contains("on Java");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void launcher_byASymbolicLink() throws Exception {
    Path link = folder.resolve("linked");
    Files.createSymbolicLink(link, home.resolve("bin/aou-sync"));
    Ended ended =
        Packages.run(
            folder,
            Map.of("AOU_JAVA", JAVA_HOME.resolve("bin/java").toString(), "PATH", "/usr/bin:/bin"),
            List.of(link.toString(), "version"));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }

  @Test
  void launcher_passesWordsAsTheyAre_andTheExitCode() throws Exception {
    Path missing = folder.resolve("no such $HOME 'file'.conf");
    Ended ended =
        launch(
            Map.of("JAVA_HOME", JAVA_HOME.toString(), "PATH", "/usr/bin:/bin"),
            "--config",
            missing.toString(),
            "status");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).contains("no such $HOME 'file'.conf");
  }

  @Test
  void launcher_withAHomeThatNobodyCanWrite_stillWorks_andLeavesNothing() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", JAVA_HOME.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", "/proc/1/nowhere");
    Ended ended = launch(environment, "status", "--config", folder.resolve("none").toString());
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).doesNotContain("mkdir").doesNotContain("cds");
  }

  @Test
  void simulator_startsFromTheClassDataArchive_thatItsFirstRunLeft() throws Exception {
    Path cache = folder.resolve("cache of the simulator");
    Path log = folder.resolve("classes.log");
    // Java archives no class from a path that a URL writes otherwise, with a blank for example
    Path plain = Files.createDirectories(folder.resolve("plain"));
    Packages.output(plain, "tar", "-xzf", Packages.the("aou-sync-?.?.?.tar.gz").toString());
    Path program;
    try (var inside = Files.list(plain)) {
      program = inside.findFirst().orElseThrow().resolve("bin/aou-sync");
    }

    serveOnce(home.resolve("bin/aou-sync"), folder.resolve("cache of the awkward one"), "");
    serveOnce(program, cache, "");
    serveOnce(program, cache, "-Xlog:class+load:file=" + log.getFileName());

    try (var archives = Files.list(cache)) {
      assertThat(archives.map(a -> a.getFileName().toString()))
          .singleElement()
          .asString()
          .matches("simulator-\\d+-\\d+\\.jsa");
    }
    assertThat(Files.readAllLines(log))
        .anyMatch(
            line ->
                line.contains("edu.cumc.aou.simulator.salesforce.SalesforceSimulator ")
                    && line.contains("shared objects file (top)"));
  }

  /** Serves until it answers, and is stopped as by a service manager. */
  private static void serveOnce(Path program, Path cache, String options) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "simulator", "--port", "0")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    builder.environment().put("AOU_CACHE_DIR", cache.toString());
    builder.environment().put("AOU_JAVA_OPTS", options);
    Process process = builder.start();
    try (var out = process.inputReader()) {
      assertThat(out.readLine()).startsWith("# A simulated Salesforce org at http");
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void launcher_keepsItsClassDataArchive_inTheCacheItIsGiven() throws Exception {
    Path cache = folder.resolve("cache");
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", JAVA_HOME.toString(),
            "PATH", "/usr/bin:/bin",
            "AOU_CACHE_DIR", cache.toString());
    Ended first = launch(environment, "check", "--config", folder.resolve("none").toString());
    assertThat(first.exitCode()).isEqualTo(3);
    assertThat(first.out()).doesNotContain("warning");
    Ended second = launch(environment, "version");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).startsWith("aou-sync ").hasLineCount(1);
    assertThat(second.err()).isEmpty();
    assertThat(archives(cache)).singleElement().asString().endsWith(".jsa");
  }

  private static List<String> archives(Path cache) throws Exception {
    try (var inside = Files.list(cache)) {
      return inside.map(a -> a.getFileName().toString()).toList();
    }
  }

  /** As after an upgrade: all its files carry the date of the build. */
  @Test
  void anotherProgram_ofTheSameDateAndLength_hasAnArchiveOfItsOwn() throws Exception {
    Path cache = folder.resolve("cache of two versions");
    Path place = Files.createDirectories(folder.resolve("upgraded"));
    Packages.output(folder, "cp", "-a", home + "/.", place.toString());
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", JAVA_HOME.toString(),
            "PATH", "/usr/bin:/bin",
            "AOU_CACHE_DIR", cache.toString());
    List<String> check =
        List.of(place.resolve("bin/aou-sync").toString(), "check", "--config", "none");
    List<String> version = List.of(place.resolve("bin/aou-sync").toString(), "version");

    Packages.run(folder, environment, check);
    Packages.run(folder, environment, version);
    List<String> before = archives(cache);
    Path jar = place.resolve("lib/aou-sync.jar");
    FileTime date = Files.getLastModifiedTime(jar);
    byte[] program = Files.readAllBytes(jar);
    program[program.length - 1000]++; // within the list of its files
    Files.write(jar, program);
    Files.setLastModifiedTime(jar, date);
    Packages.run(folder, environment, check);

    assertThat(before).hasSize(1);
    assertThat(archives(cache)).hasSize(2).containsAll(before);
  }

  @Test
  void fullDisk_takesTheArchiveAndNotTheExitCode() throws Exception {
    Path full = Files.createDirectories(folder.resolve("full"));
    Path df = Files.writeString(full.resolve("df"), "#!/bin/sh\necho head\necho d 9 9 5 99% /\n");
    assertThat(df.toFile().setExecutable(true)).isTrue();
    Path cache = folder.resolve("cache on a full disk");

    Ended ended =
        launch(
            Map.of(
                "JAVA_HOME", JAVA_HOME.toString(),
                "PATH", full + ":/usr/bin:/bin",
                "AOU_CACHE_DIR", cache.toString()),
            "check",
            "--config",
            "none");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(archives(cache)).isEmpty();
  }

  /** The start that makes the archive is no exception. */
  @Test
  void signal_reachesJava_evenAtTheFirstStart() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/aou-sync").toString(), "check", "--config", "none")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    builder.environment().put("AOU_CACHE_DIR", folder.resolve("cache of a signal").toString());
    // Java halts while this file is there
    builder
        .environment()
        .put("AOU_JAVA_OPTS", "-XX:+UnlockDiagnosticVMOptions -XX:+PauseAtStartup");
    Process process = builder.start();
    try {
      for (int i = 0; i < 300 && !isJava(process); i++) {
        Thread.sleep(100);
      }
      assertThat(isJava(process)).isTrue();
    } finally {
      process.destroyForcibly();
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean isJava(Process process) {
    return process.info().command().filter(c -> c.endsWith("/java")).isPresent();
  }

  @Test
  void optionsForJava_areTakenAsTheyAreMeant() throws Exception {
    Files.writeString(folder.resolve("-Dx=1"), "what a star would find");
    for (String options :
        List.of(
            "-XX:+UseG1GC",
            "-XX:+UseParallelGC",
            "-Dfoo=\"a b\" -Dx=*",
            "'-Dfoo=it is' -Xmx128m",
            "-Xmx128m\n-Dfoo=bar",
            "  ")) {
      Ended ended =
          launch(
              Map.of(
                  "JAVA_HOME",
                  JAVA_HOME.toString(),
                  "PATH",
                  "/usr/bin:/bin",
                  "AOU_JAVA_OPTS",
                  options + " -XshowSettings:properties"),
              "version");
      assertThat(ended.exitCode()).as(options + ended.err()).isZero();
      if (options.contains("*")) {
        assertThat(ended.err()).contains("foo = a b\n").contains("x = *\n");
      }
    }
    Ended half =
        launch(
            Map.of(
                "JAVA_HOME", JAVA_HOME.toString(),
                "PATH", "/usr/bin:/bin",
                "AOU_JAVA_OPTS", "-Dfoo=\"a"),
            "version");
    assertThat(half.exitCode()).isEqualTo(3);
    assertThat(half.err()).contains("AOU_JAVA_OPTS").contains("quote");
  }

  /** The second compiler pays only where everybody is new. */
  @Test
  void compilers_areThoseThatFitTheCommand() throws Exception {
    for (String words : List.of("sync", "plan", "check", "status")) {
      assertThat(flagsOf(words))
          .as(words)
          .contains("-XX:TieredStopAtLevel=1 ", "-XX:InitialHeapSize=50331648 ");
    }
    for (String words :
        List.of("sync --initial-load", "--config x plan --initial-load", "generate")) {
      assertThat(flagsOf(words))
          .as(words)
          .contains("-XX:+PrintCommandLineFlags")
          .doesNotContain("TieredStopAtLevel");
    }
  }

  /** What Java says of its flags; the commands themselves end without a configuration. */
  private static String flagsOf(String words) throws Exception {
    return launch(
            Map.of(
                "JAVA_HOME",
                JAVA_HOME.toString(),
                "PATH",
                "/usr/bin:/bin",
                "AOU_JAVA_OPTS",
                "-XX:+PrintCommandLineFlags"),
            words.split(" "))
        .out();
  }

  @Test
  void javaOfSomebodysChoice_isAFile_aHome_orACommand() throws Exception {
    for (String choice : List.of(JAVA_HOME + "/bin/java", JAVA_HOME.toString(), "java")) {
      Ended ended =
          launch(
              Map.of("AOU_JAVA", choice, "PATH", JAVA_HOME.resolve("bin") + ":/usr/bin:/bin"),
              "version");
      assertThat(ended.exitCode()).as(choice + ended.err()).isZero();
    }
  }

  @Test
  void folderWithAColon_isRefusedInPlainWords() throws Exception {
    Path place = Files.createDirectories(folder.resolve("a:b"));
    Packages.output(folder, "cp", "-a", home + "/.", place.toString());
    Ended ended =
        Packages.run(
            folder,
            Map.of("JAVA_HOME", JAVA_HOME.toString(), "PATH", "/usr/bin:/bin"),
            List.of(place.resolve("bin/aou-sync").toString(), "version"));
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).contains("colon").hasLineCount(1);
  }

  @Test
  void launcher_withoutAnyJava_saysWhatToInstall() throws Exception {
    Path older = Files.createDirectories(folder.resolve("jdk-11/bin"));
    Files.writeString(folder.resolve("jdk-11/release"), "JAVA_VERSION=\"11.0.2\"\n");
    Path java = older.resolve("java");
    if (!Files.exists(java)) {
      Files.writeString(java, "#!/bin/sh\n");
      assertThat(java.toFile().setExecutable(true)).isTrue();
    }
    Ended ended =
        launch(
            Map.of("AOU_JAVA", java.toString(), "PATH", toolsWithoutJava().toString()), "version");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).contains("AOU_JAVA is no Java 17 or newer");
  }

  @Test
  void archiveWithJava_needsNoOtherJava() throws Exception {
    Path own = Files.createDirectories(folder.resolve("own"));
    Packages.output(own, "tar", "-xzf", Packages.the("aou-sync-*-linux-*.tar.gz").toString());
    Path program;
    try (var inside = Files.list(own)) {
      program = inside.findFirst().orElseThrow().resolve("bin/aou-sync");
    }
    Map<String, String> environment =
        Map.of("PATH", toolsWithoutJava().toString(), "AOU_CACHE_DIR", "off");

    Ended version = Packages.run(folder, environment, List.of(program.toString(), "version"));
    assertThat(version.exitCode()).as(version.err()).isZero();

    Path demo = folder.resolve("a demo");
    Ended lived =
        Packages.run(
            folder,
            environment,
            List.of(
                program.toString(),
                "demo",
                "--participants",
                "20",
                "--days",
                "1",
                "--dir",
                demo.toString()));
    assertThat(lived.exitCode()).as(lived.err()).isZero();
  }

  @Test
  void zipAndTar_holdTheSame() throws Exception {
    TreeSet<String> zipped = new TreeSet<>();
    try (ZipFile zip = new ZipFile(Packages.the("aou-sync-?.?.?.zip").toFile())) {
      zip.stream().map(e -> e.getName()).forEach(zipped::add);
    }
    TreeSet<String> tarred =
        new TreeSet<>(
            List.of(
                Packages.output(
                        folder, "tar", "-tzf", Packages.the("aou-sync-?.?.?.tar.gz").toString())
                    .split("\n")));
    zipped.removeIf(e -> e.endsWith("/"));
    tarred.removeIf(e -> e.endsWith("/"));
    assertThat(zipped).isEqualTo(tarred);
    String top = home.getFileName() + "/";
    assertThat(zipped)
        .contains(
            top + "LICENSE",
            top + "NOTICE",
            top + "THIRD-PARTY.txt",
            top + "bin/aou-sync",
            top + "bin/aou-sync.cmd",
            top + "lib/aou-sync.jar",
            top + "lib/aou-sync-lab.jar",
            top + "conf/aou-sync.conf",
            top + "completion/aou-sync",
            top + "man/man1/aou-sync.1",
            top + "man/man1/aou-sync-sync.1");
  }

  @Test
  void whatRunsAtNight_holdsNoServerAndNoGenerator() throws Exception {
    String lab = "edu/cumc/aou/(simulator|cli/(lab|demo))/.*|org/eclipse/jetty/.*|net/datafaker/.*";
    try (ZipFile program = new ZipFile(home.resolve("lib/aou-sync.jar").toFile())) {
      assertThat(program.stream().map(e -> e.getName()).filter(e -> e.matches(lab))).isEmpty();
    }
    try (ZipFile beside = new ZipFile(home.resolve("lib/aou-sync-lab.jar").toFile())) {
      assertThat(beside.stream().map(e -> e.getName()).filter(e -> e.matches(lab)))
          .hasSizeGreaterThan(500);
      assertThat(beside.stream().map(e -> e.getName()))
          .noneMatch(e -> e.startsWith("edu/cumc/aou/sync/"));
    }
  }

  @Test
  void lab_isFoundBesideTheProgram_orInLib_andMissedClearly() throws Exception {
    Path alone = Files.createDirectories(folder.resolve("alone/bin"));
    Path program = Files.copy(home.resolve("lib/aou-sync.jar"), alone.resolve("aou-sync.jar"));
    List<String> command =
        List.of(
            JAVA_HOME.resolve("bin/java").toString(),
            "-jar",
            program.toString(),
            "simulator",
            "--list-faults");

    Ended missing = Packages.run(folder, Map.of(), command);
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err())
        .startsWith("aou-sync: simulator needs aou-sync-lab.jar, which is not there")
        .hasLineCount(1);

    for (Path place : List.of(alone, Files.createDirectories(alone.resolveSibling("lib")))) {
      Path lab = place.resolve("aou-sync-lab.jar");
      Files.copy(home.resolve("lib/aou-sync-lab.jar"), lab);
      assertThat(Packages.run(folder, Map.of(), command).exitCode()).as(lab.toString()).isZero();
      Files.delete(lab);
    }
  }

  @Test
  void launchers_haveTheLineEndsOfTheirShells() throws Exception {
    assertThat(Files.readString(home.resolve("bin/aou-sync"))).doesNotContain("\r");
    assertThat(Files.readString(home.resolve("bin/aou-sync.cmd")).replace("\r\n", ""))
        .doesNotContain("\n");
  }

  @Test
  void licencesOfOthers_nameEveryLibrary_andNoneIsUnknown() throws Exception {
    String licences = Files.readString(home.resolve("THIRD-PARTY.txt"));
    assertThat(licences).contains("mssql-jdbc", "jdbi3-core", "feign-core", "picocli");
    assertThat(licences).doesNotContainIgnoringCase("unknown license").doesNotContain("(The GNU");
  }

  @Test
  void sums_areThoseOfThePackages() throws Exception {
    String checked = Packages.output(Packages.TARGET, "sha256sum", "-c", "SHA256SUMS");
    assertThat(checked.lines()).hasSizeGreaterThanOrEqualTo(4).allMatch(l -> l.endsWith(": OK"));
  }
}
