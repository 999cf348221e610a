package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.runtime.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpEndToEndTest {

  private record Said(int exitCode, String out, String err) {}

  private static Said run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            World.real());
    return new Said(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Set<String> commands() {
    return new TreeSet<>(
        new CommandLine(new AouSync(World.real(), System.out, System.err))
            .getSubcommands()
            .keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpOfACommand_isWhatItSaysOfItself(String command) {
    Said help = run("help", command);
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).startsWith("Usage: aou-sync " + command).contains("Exit codes:");
    assertThat(run(command, "--help")).isEqualTo(help);
  }

  @Test
  void help_isTheUsageOfTheProgram_withEveryCommand() {
    Said help = run("help");
    assertThat(help).isEqualTo(run("--help"));
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains(commands());
  }

  @Test
  void version_saysTheProgramAndItsJava_alsoAsJson() throws Exception {
    assertThat(run("version").out())
        .isEqualTo(
            run("--version").out().strip()
                + " on Java "
                + Runtime.version()
                + System.lineSeparator());

    JsonNode json = new ObjectMapper().readTree(run("version", "--json").out());
    assertThat(json.get("name").asText()).isEqualTo("aou-sync");
    assertThat(json.get("version").asText()).isNotBlank();
    assertThat(json.get("java").asText()).isEqualTo(Runtime.version().toString());
    assertThat(json.get("exitCode").asInt()).isZero();
  }

  @Test
  void helpOfAnUnknownCommand_isAUsageError() {
    Said help = run("help", "sink");
    assertThat(help.exitCode()).isEqualTo(2);
    assertThat(help.out()).isEmpty();
    assertThat(help.err()).contains("sink");
  }

  @Test
  void noCommand_showsTheUsage_andIsAUsageError() {
    Said nothing = run();
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).startsWith(run("help").out());
    assertThat(nothing.err().substring(run("help").out().length()).lines().toList())
        .hasSize(2)
        .satisfies(l -> assertThat(l.get(0)).contains("a command is missing", "aou-sync demo"))
        .satisfies(l -> assertThat(l.get(1)).contains("--help"));
  }

  @Test
  void completion_knowsEveryCommandAndItsOptions() {
    Said completion = run("completion");
    assertThat(completion.exitCode()).isZero();
    assertThat(completion.out())
        .startsWith("#!/usr/bin/env bash")
        .contains(commands())
        .contains("--initial-load", "--show-values");
  }
}
