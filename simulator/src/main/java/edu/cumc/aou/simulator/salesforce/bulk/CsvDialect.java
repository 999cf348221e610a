package edu.cumc.aou.simulator.salesforce.bulk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

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
    StringWriter text = new StringWriter();
    CsvWriter writer =
        CsvWriter.builder()
            .fieldSeparator(delimiter.character())
            .lineDelimiter(lineEnding.delimiter)
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .bufferSize(0)
            .build(text);
    writer.writeRecord(cells);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
