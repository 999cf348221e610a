package edu.cumc.aou.simulator.salesforce.bulk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How the CSV of a job is written: what stands between columns and at the end of lines. */
record CsvDialect(Delimiter delimiter, LineEnding lineEnding) {
  /** What stands between two columns. */
  enum Delimiter {
    COMMA(','),
    TAB('\t'),
    PIPE('|'),
    SEMICOLON(';'),
    CARET('^'),
    BACKQUOTE('`');

    private final char character;

    Delimiter(char character) {
      this.character = character;
    }

    char character() {
      return character;
    }
  }

  /** What ends a line, and stands within quoted values as well. */
  enum LineEnding {
    LF(LineDelimiter.LF),
    CRLF(LineDelimiter.CRLF);

    private final LineDelimiter delimiter;

    LineEnding(LineDelimiter delimiter) {
      this.delimiter = delimiter;
    }
  }

  /** Reads rows, the header among them; to be used on a text that {@link CsvCheck} accepts. */
  CsvReader<String[]> reader(String text) {
    return CsvReader.builder()
        .fieldSeparator(delimiter.character())
        .detectBomHeader(false)
        .maxBufferSize(CsvCheck.MAX_RECORD * 2)
        .build(StringArrayHandler.of(), text);
  }

  /** One row as results show it: every cell in quotes; a null is an empty one. */
  byte[] line(Iterable<String> cells) {
    return line(cells, Optional.of(QuoteStrategies.ALWAYS));
  }

  /**
   * The header of a result file: what the job adds stands in quotes, what was uploaded does not.
   */
  byte[] header(List<String> added, List<String> uploaded) {
    byte[] first = line(added);
    byte[] rest = line(uploaded, Optional.empty());
    if (added.isEmpty()) {
      return rest;
    }
    if (uploaded.isEmpty()) {
      return first;
    }
    String joined =
        new String(first, StandardCharsets.UTF_8).stripTrailing()
            + delimiter.character()
            + new String(rest, StandardCharsets.UTF_8);
    return joined.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] line(Iterable<String> cells, Optional<QuoteStrategy> strategy) {
    StringWriter text = new StringWriter();
    CsvWriter.CsvWriterBuilder builder =
        CsvWriter.builder()
            .fieldSeparator(delimiter.character())
            .lineDelimiter(lineEnding.delimiter)
            .bufferSize(0);
    strategy.ifPresent(builder::quoteStrategy);
    CsvWriter writer = builder.build(text);
    writer.writeRecord(cells);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
