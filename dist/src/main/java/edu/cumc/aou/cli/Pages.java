package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.World;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes the manual pages (AsciiDoc) and the completion script of the command line program from its
 * commands' declarations. Part of the build; not shipped.
 */
public final class Pages {

  private Pages() {}

  /** {@code args}: the directory of the manual pages, the file of the completion script. */
  public static void main(String[] args) throws IOException {
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    CommandLine program = new CommandLine(new AouSync(World.real(), nowhere, nowhere));
    Path manual = Files.createDirectories(Path.of(args[0]));
    int code =
        ManPageGenerator.generateManPage(
            manual.toFile(), null, new boolean[0], true, program.getCommandSpec());
    if (code != 0) {
      throw new IOException("the manual pages could not be made");
    }
    Path completion = Path.of(args[1]);
    Files.createDirectories(completion.toAbsolutePath().getParent());
    Files.writeString(completion, AutoComplete.bash("aou-sync", program) + "\n");
  }
}
