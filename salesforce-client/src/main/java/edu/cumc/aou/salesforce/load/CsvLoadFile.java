package edu.cumc.aou.salesforce.load;

import java.util.Iterator;
import java.util.List;

/** The two files of a {@link CsvLoad}; the client has them. */
public interface CsvLoadFile {

  /**
   * The lines that are read, the one that names the columns first.
   *
   * @throws java.io.UncheckedIOException as it goes on, if the file cannot be read
   * @throws IllegalArgumentException as it goes on, if it is no CSV
   */
  Iterator<List<String>> lines();

  /** Writes a line of the results. */
  void write(List<String> cells);

  /** Writes what is still held back. */
  void flush();
}
