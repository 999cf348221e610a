package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.Lab;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
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

  /**
   * Lets the lab do something.
   *
   * @throws ParameterException if it makes no sense
   */
  final int inLab(ToIntFunction<Lab> work) {
    Lab lab = LabLoader.find(spec.name());
    try {
      return work.applyAsInt(lab);
    } catch (IllegalArgumentException e) {
      throw misused(String.valueOf(e.getMessage()));
    }
  }

  /** The command is used in a way that makes no sense; nothing was done. */
  final ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
