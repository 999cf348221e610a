package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.runtime.Lab;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command of the program. It returns the exit code. */
abstract class ProgramCommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Its program, with the options that all commands have. */
  final AouSync program() {
    return program;
  }

  final CommandSpec spec() {
    return spec;
  }

  /**
   * Lets the lab do something.
   *
   * @throws ParameterException if the options make no sense
   */
  final int inLab(ToIntFunction<Lab> work) {
    Lab lab = LabLoader.find(spec.name());
    try {
      return work.applyAsInt(lab);
    } catch (IllegalArgumentException e) {
      throw misused(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Looks at the file for the result before the work begins.
   *
   * @throws edu.cumc.aou.sync.model.SyncException CONFIG if it cannot be where the option says
   */
  final OutFile outFile(String option, Path given) {
    return OutFile.of(option, given, program.world().directory());
  }

  /** Reports wrong usage; the command has done nothing. */
  final ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
