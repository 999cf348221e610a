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

/** The separators in a job's CSV: between columns and at the end of lines. */
record CsvDialect(Delimiter delimiter, LineEnding lineEnding) {
  /** The separator between two columns. */
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

  /** Ends a line, and is also used within quoted values. */
  enum LineEnding {
    LF(LineDelimiter.LF),
    CRLF(LineDelimiter.CRLF);

    private final LineDelimiter delimiter;

    LineEnding(LineDelimiter delimiter) {
      this.delimiter = delimiter;
    }
  }

  /** Reads rows including the header; the text must have passed {@link CsvCheck}. */
  CsvReader<String[]> reader(String text) {
    return CsvReader.builder()
        .fieldSeparator(delimiter.character())
        .detectBomHeader(false)
        .maxBufferSize(CsvCheck.MAX_RECORD * 2)
        .build(StringArrayHandler.of(), text);
  }

  /** One row of a result: every cell in quotes; a null is an empty one. */
  byte[] line(Iterable<String> cells) {
    return line(cells, Optional.of(QuoteStrategies.ALWAYS));
  }

  /**
   * The header of a result file: the job's own columns are in quotes, the uploaded ones are not.
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
