package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.World;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;

/** The command line program in this process, for the tests of the manual. */
public final class Program {

  private Program() {}

  public static int run(List<String> arguments, PrintStream out, PrintStream err, World world) {
    return Main.run(arguments.toArray(String[]::new), out, err, world);
  }

  /** Its commands and options as they are declared. */
  public static CommandLine model() {
    return new CommandLine(new AouSync(World.real(), System.out, System.err));
  }
}
