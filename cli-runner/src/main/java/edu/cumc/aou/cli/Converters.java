package edu.cumc.aou.cli;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Turns words of the command line into ids. What is malformed is described and not repeated. */
final class Converters {

  static final String PMI_ID = "a PMI ID is a P and nine digits";

  private Converters() {}

  /** Has all commands of a program use them. */
  static void register(CommandLine program) {
    program.registerConverter(RunId.class, Converters::runId);
    program.registerConverter(PmiId.class, Converters::pmiId);
  }

  private static RunId runId(String text) {
    try {
      return new RunId(Long.parseLong(text));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "a run is named by its number, from 1; aou-sync status lists them");
    }
  }

  private static PmiId pmiId(String text) {
    return PmiId.tryParse(text).orElseThrow(() -> new TypeConversionException(PMI_ID));
  }
}
