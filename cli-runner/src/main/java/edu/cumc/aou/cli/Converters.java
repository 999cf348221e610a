package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns words of the command line into ids. It describes a malformed one without repeating it. */
final class Converters {

  static final String PMI_ID = "a PMI ID is a P and nine digits";

  /** The prefix of Contact ids. */
  private static final String CONTACT_PREFIX = "003";

  /** The character set of file names on this platform. */
  private static final Charset OF_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private Converters() {}

  /** Makes all commands of a program use them. */
  static void register(CommandLine program) {
    program.registerConverter(RunId.class, Converters::runId);
    program.registerConverter(PmiId.class, Converters::pmiId);
    program.registerConverter(ContactId.class, Converters::contactId);
    program.registerConverter(Path.class, Converters::path);
    program.registerConverter(LocalDate.class, Converters::day);
    // Two references to one method would be two classes of an interface with a class file too old
    // to be archived; Java 17 crashes while it archives the others.
    ITypeConverter<Integer> integer = Converters::integer;
    program.registerConverter(Integer.class, integer);
    program.registerConverter(int.class, integer);
    ITypeConverter<Long> number = Converters::number;
    program.registerConverter(Long.class, number);
    program.registerConverter(long.class, number);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException("a day is written 2026-03-31, and must be in the calendar");
    }
  }

  private static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a whole number, at most " + Integer.MAX_VALUE);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a whole number, at most " + Long.MAX_VALUE);
    }
  }

  private static RunId runId(String text) {
    try {
      return new RunId(Long.parseLong(text));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "a run is named by its number, from 1; aou-sync status lists them");
    }
  }

  private static Path path(String text) {
    String problem = OutFile.nameProblem(text, OF_NAMES);
    if (!problem.isEmpty()) {
      throw new TypeConversionException("the name " + problem);
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("this is no name of a file");
    }
  }

  private static ContactId contactId(String text) {
    return ContactId.tryParse(text)
        .filter(id -> id.value().startsWith(CONTACT_PREFIX))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "the id of a Contact is 003 and 12 or 15 letters and digits"));
  }

  private static PmiId pmiId(String text) {
    return PmiId.tryParse(text).orElseThrow(() -> new TypeConversionException(PMI_ID));
  }
}
