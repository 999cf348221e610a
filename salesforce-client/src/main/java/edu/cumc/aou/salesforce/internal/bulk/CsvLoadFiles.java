package edu.cumc.aou.salesforce.internal.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import edu.cumc.aou.salesforce.load.CsvLoadFile;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** CSV as in RFC 4180, with any line ends. */
public final class CsvLoadFiles implements CsvLoadFile {

  private final Reader rows;
  private final Writer results;
  private final CsvWriter out;

  public CsvLoadFiles(Reader rows, Writer results) {
    this.rows = rows;
    this.results = results;
    out = CsvWriter.builder().build(results);
  }

  @Override
  public Iterator<List<String>> lines() {
    Iterator<CsvRecord> records =
        CsvReader.builder().skipEmptyLines(true).ofCsvRecord(withoutMark()).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return readable(records::hasNext);
      }

      @Override
      public List<String> next() {
        return readable(() -> records.next().getFields());
      }
    };
  }

  private static <T> T readable(Supplier<T> read) {
    try {
      return read.get();
    } catch (CsvParseException e) {
      // The parser's message may quote cells.
      throw new IllegalArgumentException("the file is no CSV as RFC 4180 has it");
    }
  }

  /**
   * Excel begins a file with a byte order mark, which does not belong to the first column's name.
   */
  private Reader withoutMark() {
    try {
      PushbackReader marked = new PushbackReader(rows, 1);
      int first = marked.read();
      if (first >= 0 && first != '\uFEFF') {
        marked.unread(first);
      }
      return marked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(List<String> cells) {
    out.writeRecord(cells);
  }

  @Override
  public void flush() {
    try {
      out.flush();
      results.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
