package edu.cumc.aou.cli.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewCsvTest {

  private static final String HEADING = "pmi_id,contact_id,decision,why\n";
  private static final String FIRST = "P012345678,003000000000001AAA,yes,";

  @TempDir private Path directory;

  private List<ReviewCsv.Decided> read(String text) throws IOException {
    return ReviewCsv.read(
        Files.write(directory.resolve("r.csv"), text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The lines behind the mark would be part of the reason, and their answers lost. */
  @Test
  void quotationMarkThatDoesNotEnd_isRefused() {
    String second = "P012345679,003000000000002AAA,no,\n";
    assertThatThrownBy(() -> read(HEADING + FIRST + "\"as agreed\n" + second))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("a quotation mark does not end");
  }

  @ParameterizedTest
  @CsvSource({"'',the file is empty", "' ',the file is empty", "PK,the column pmi_id is missing"})
  void fileWithoutTable_isRefused(String text, String why) {
    assertThatThrownBy(() -> read(text + "\n1,2,3\n".repeat(text.length() / 2)))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining(why);
  }

  @Test
  void lineThatNamesTheSeparator_isPassedOver() throws IOException {
    assertThat(read("sep=;\r\n" + (HEADING + FIRST + "\n").replace(',', ';'))).hasSize(1);
    assertThat(read("sep=,\n" + HEADING + FIRST + "\n")).hasSize(1);
  }
}
