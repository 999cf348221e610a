package edu.cumc.aou.salesforce.internal.bulk;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkFile;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes records as the CSV that Bulk reads: line feeds, no byte order mark, RFC 4180 quotes. */
final class CsvRowWriter {

  /** Clears a field; an empty cell leaves it alone. */
  private static final String CLEAR = "#N/A";

  private static final int MOST_IN_CELL = 131_072;
  private static final int MOST_IN_ROW = 400_000;

  /** By the names of the columns as they are; most rows use them. */
  private final Map<String, Integer> places = new HashMap<>();

  private final Map<String, Integer> placesInAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final BulkIngest ingest;
  private final int width;

  /** For the rows of one definition. */
  CsvRowWriter(BulkIngest ingest) {
    this.ingest = ingest;
    List<String> columns = ingest.columns();
    width = columns.size();
    for (int i = 0; i < width; i++) {
      places.put(columns.get(i), i);
      placesInAnyCase.put(columns.get(i), i);
    }
  }

  /** The text without its header, whose names are known when it is sent. */
  record Written(BulkIngest ingest, CsvBody body, long rows) implements BulkFile {

    @Override
    public long bytes() {
      return header(ingest).length + body.length();
    }
  }

  /** The first line of a file; no API name needs quotes. */
  static byte[] header(BulkIngest ingest) {
    return (String.join(",", ingest.columns()) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Writes all rows. */
  Written write(Iterator<? extends Map<String, @Nullable Object>> rows) {
    CsvBody body = new CsvBody();
    long count = 0;
    try (CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(body.writer(), StandardCharsets.UTF_8)) {
      long bytes = header(ingest).length;
      while (rows.hasNext()) {
        count++;
        List<String> cells = cells(rows.next(), "row " + count);
        bytes += size(cells);
        if (bytes > Bulk.MAX_BYTES) {
          throw new IllegalArgumentException(
              "row "
                  + count
                  + " does not fit into the job any more, which takes 100 MB; put it into another"
                  + " job: size() tells beforehand what a row takes");
        }
        csv.writeRecord(cells);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Written(ingest, body, count);
  }

  /** The most bytes that one row takes. */
  int size(Map<String, @Nullable Object> row) {
    // An empty cell still takes its comma.
    int size = width;
    int length = 0;
    for (Map.Entry<String, @Nullable Object> entry : row.entrySet()) {
      Cell cell = cell(entry, "the row");
      length += cell.text().length();
      size += size(cell.text());
    }
    requireFit(length, "the row");
    return size;
  }

  /** The text of one column, and its place. */
  private record Cell(int place, String text) {}

  private Cell cell(Map.Entry<String, @Nullable Object> entry, String which) {
    Object value = entry.getValue();
    String column = entry.getKey();
    if (value instanceof Map<?, ?> parent && parent.size() == 1) {
      Map.Entry<?, ?> only = parent.entrySet().iterator().next();
      column = column + "." + only.getKey();
      value = only.getValue();
    }
    Integer place = places.get(column);
    if (place == null) {
      place = placesInAnyCase.get(column);
    }
    if (place == null) {
      throw new IllegalArgumentException(
          which + " has a field that is no column of the job: " + safeName(column));
    }
    return new Cell(place, text(which, column, value));
  }

  private static void requireFit(int length, String which) {
    if (length > MOST_IN_ROW) {
      throw new IllegalArgumentException(which + " is longer than the 400,000 that Bulk takes");
    }
  }

  private List<String> cells(Map<String, @Nullable Object> row, String which) {
    String[] cells = new String[width];
    Arrays.fill(cells, "");
    int length = 0;
    for (Map.Entry<String, @Nullable Object> entry : row.entrySet()) {
      Cell cell = cell(entry, which);
      length += cell.text().length();
      cells[cell.place()] = cell.text();
    }
    requireFit(length, which);
    return List.of(cells);
  }

  private static String text(String which, String column, @Nullable Object value) {
    if (value == null) {
      return CLEAR;
    }
    Object plain = WireValues.scalar(column, value);
    String text = plain instanceof BigDecimal number ? number.toPlainString() : plain.toString();
    if (text.isEmpty()) {
      return CLEAR;
    }
    if (text.equals(CLEAR)) {
      throw new IllegalArgumentException(
          which
              + ", "
              + column
              + ": the text #N/A means no value in Bulk; write it by Collections");
    }
    if (text.length() > MOST_IN_CELL) {
      throw new IllegalArgumentException(
          which + ", " + column + ": longer than the 131,072 characters that Bulk takes");
    }
    // The whole file needs one kind of line end, or Salesforce refuses it.
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static int size(List<String> cells) {
    int size = cells.size();
    for (String cell : cells) {
      size += size(cell);
    }
    return size;
  }

  /** The bytes of a text in UTF-8 with its quotes; none for an empty text. */
  private static int size(String text) {
    int size = text.isEmpty() ? 0 : 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        size += c == '"' ? 2 : 1;
      } else {
        // Each half of a pair counts for two of the pair's four bytes.
        size += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return size;
  }

  private static String safeName(String column) {
    return column.matches("[A-Za-z][A-Za-z0-9_.]{0,119}") ? column : "not an API name";
  }
}
