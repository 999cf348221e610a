package edu.cumc.aou.cli;

import edu.cumc.aou.simulator.source.SourceOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Turns options that are out of range into usage errors. */
final class Options {

  private Options() {}

  static SourceOptions source(
      CommandSpec spec, long seed, int participants, int day, boolean dirty) {
    try {
      return new SourceOptions(seed, participants, day, dirty);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** A port, 0 for any that is free. */
  static int port(CommandSpec spec, int port) {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port must be from 0 to 65535");
    }
    return port;
  }
}
