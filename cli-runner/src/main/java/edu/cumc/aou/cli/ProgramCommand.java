package edu.cumc.aou.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command of the program. What it gives is the exit code. */
abstract class ProgramCommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** The program it belongs to, with the options that all commands have. */
  final AouSync program() {
    return program;
  }

  final CommandSpec spec() {
    return spec;
  }

  /** The command is used in a way that makes no sense; nothing was done. */
  final ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
