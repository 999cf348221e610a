package edu.cumc.aou.simulator.salesforce.bulk;

import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The results of an ingest job's rows, as its three result files show them. */
final class IngestResults {
  private final CsvDialect dialect;
  private final List<byte[]> successful = new ArrayList<>();
  private final List<byte[]> failed = new ArrayList<>();
  private final List<byte[]> unprocessed = new ArrayList<>();
  private List<String> columns = List.of();
  private String unread = "";
  private int failures;
  private int processed;

  IngestResults(CsvDialect dialect) {
    this.dialect = dialect;
  }

  /** The last columns of all three files. */
  void columns(List<String> names) {
    columns = names;
  }

  void succeeded(String id, boolean created, List<String> cells) {
    successful.add(line(List.of(id, String.valueOf(created)), cells));
    processed++;
  }

  void failed(String id, ApiException error, List<String> cells) {
    String tail =
        error
            .fields()
            .filter(names -> !names.isEmpty())
            .map(names -> String.join(",", names) + " --")
            .orElse("--");
    failed.add(line(List.of(id, error.code() + ":" + error.text() + ":" + tail), cells));
    processed++;
    failures++;
  }

  void unprocessed(List<String> cells) {
    unprocessed.add(line(List.of(), cells));
  }

  /** The whole upload, which could not be read. */
  void unread(String upload) {
    unread = upload;
  }

  private byte[] line(List<String> first, List<String> rest) {
    List<String> cells = new ArrayList<>(first);
    cells.addAll(rest);
    return dialect.line(cells);
  }

  /** The rows that were looked at, including refused ones. */
  int processed() {
    return processed;
  }

  int failures() {
    return failures;
  }

  /** Mixes the rows in a fixed way, because a client must not rely on their order. */
  void shuffle(long seed) {
    Random random = new Random(seed);
    Collections.shuffle(successful, random);
    Collections.shuffle(failed, random);
    Collections.shuffle(unprocessed, random);
  }

  ResultFile successful() {
    return file(dialect.header(List.of("sf__Id", "sf__Created"), columns), successful);
  }

  ResultFile failed() {
    return file(dialect.header(List.of("sf__Id", "sf__Error"), columns), failed);
  }

  ResultFile unprocessed() {
    return unread.isEmpty()
        ? file(dialect.header(List.of(), columns), unprocessed)
        : new ResultFile(List.of(unread.getBytes(StandardCharsets.UTF_8)), false);
  }

  private static ResultFile file(byte[] header, List<byte[]> rows) {
    List<byte[]> lines = new ArrayList<>(rows.size() + 1);
    lines.add(header);
    lines.addAll(rows);
    return new ResultFile(Collections.unmodifiableList(lines), rows.isEmpty());
  }

  /** One result file, as it is now. */
  record ResultFile(List<byte[]> lines, boolean isEmpty) implements Answer.Content {
    /** The same without the second half of the rows. */
    ResultFile half() {
      int rows = lines.size() - 1;
      return new ResultFile(lines.subList(0, 1 + rows / 2), rows / 2 == 0);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (byte[] line : lines) {
        out.write(line);
      }
    }
  }
}
