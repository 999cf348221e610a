package edu.cumc.aou.salesforce.load;

import java.util.Iterator;
import java.util.List;

/** The two files of a {@link CsvLoad}; the client implements it. */
public interface CsvLoadFile {

  /**
   * The lines to read; the first names the columns.
   *
   * @throws java.io.UncheckedIOException while reading, if the file cannot be read
   * @throws IllegalArgumentException while reading, if it is no CSV
   */
  Iterator<List<String>> lines();

  /** Writes a line of the results. */
  void write(List<String> cells);

  /** Writes what is still buffered. */
  void flush();
}
