package edu.cumc.aou.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantedRowsTest {
  private static final SourceOptions DIRTY = new SourceOptions(1, 100, 1, true);

  @TempDir Path directory;

  @Test
  void dirtySource_holdsARowForEachPlantedCase() throws SQLException {
    SourceSummary summary = load(DIRTY);
    long planted = DirtyCases.all().stream().filter(DirtyCase::isPlanted).count();
    assertThat(planted).isGreaterThan(300);
    assertThat((long) summary.plantedRows()).isGreaterThanOrEqualTo(planted);
    assertThat(summary.journeyRows()).isEqualTo(100 + summary.plantedRows());
    assertThat(ids("WHERE [PMI ID] IS NULL")).hasSize(1);
    assertThat(ids("WHERE LENGTH([Last Name]) = 256")).hasSize(1);
    assertThat(ids("WHERE [Email] = 'nobody@example'")).hasSize(1);
    assertThat(ids("WHERE [Date of Birth] > DATE '2046-01-04'")).hasSize(2);
  }

  @Test
  void dirtySource_holdsIdenticalAndDifferingDuplicates() throws SQLException {
    load(DIRTY);
    Map<String, String> pmiIds = DirtyCases.pmiIds(DIRTY);
    assertThat(streets(pmiIds.get("id-identical-rows"))).hasSize(2);
    assertThat(streets(pmiIds.get("id-differing-address"))).hasSize(2).doesNotHaveDuplicates();
    assertThat(streets(pmiIds.get("id-two-redcap-records"))).hasSize(1);
    assertThat(
            texts(
                "SELECT [record_id_RC] FROM dbo.vw_reporting_base WHERE [PMI ID_HP] = '"
                    + pmiIds.get("id-two-redcap-records")
                    + "'"))
        .containsExactlyInAnyOrder("5-0", "5-1");
    assertThat(streets(pmiIds.get("id-redcap-without-pmi-id"))).isEmpty();
  }

  @Test
  void dirtySource_livesThroughTheDaysOfACase() throws SQLException {
    String pmiId = DirtyCases.pmiIds(DIRTY).get("life-marriage");
    String surname = "SELECT [Last Name] FROM dbo.healthpro WHERE [PMI ID] = '" + pmiId + "'";
    load(DIRTY);
    assertThat(texts(surname)).containsExactly("Maiden");
    load(DIRTY.onDay(2));
    assertThat(texts(surname)).containsExactly("Married-Maiden");
    load(DIRTY.onDay(9));
    assertThat(texts(surname)).containsExactly("Married-Maiden");
  }

  @Test
  void cleanSource_holdsNone() throws SQLException {
    assertThat(load(new SourceOptions(1, 100, 1, false)).plantedRows()).isZero();
    assertThat(ids("")).doesNotHaveDuplicates().allMatch(id -> id.matches("P0\\d{8}"));
  }

  @Test
  void cases_haveIdsOfTheirOwn_andEachAPersonWhoCannotExist() {
    assertThat(DirtyCases.all()).extracting(DirtyCase::id).doesNotHaveDuplicates();
    assertThat(DirtyCases.pmiIds(DIRTY).values())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("P0\\d{8}"));
  }

  @ParameterizedTest
  @CsvSource({
    "'a b', 'a b'",
    "'\\sa\\t', ' a\t'",
    "'\\u{1F469}\\u{E9}', '\uD83D\uDC69\u00E9'",
    "'<a*3>@b', 'aaa@b'",
    "'<\\s*2>x', '  x'",
    "'<script>', '<script>'",
    "'back\\\\slash', 'back\\slash'",
  })
  void decode_readsWhatTheFileWrites(String written, String meant) {
    assertThat(DirtyCase.decode(written)).isEqualTo(meant);
  }

  @Test
  void decode_ofAnUnknownCharacter_saysHowToWriteABackslash() {
    assertThatThrownBy(() -> DirtyCase.decode("\\q")).hasMessageContaining("a backslash is \\\\");
  }

  private SourceSummary load(SourceOptions options) {
    try (SourceSimulator source =
        SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "")) {
      return source.load(options);
    }
  }

  private List<String> streets(String pmiId) throws SQLException {
    return texts("SELECT [Street Address] FROM dbo.healthpro WHERE [PMI ID] = '" + pmiId + "'");
  }

  private List<String> ids(String where) throws SQLException {
    return texts("SELECT [PMI ID] FROM dbo.healthpro " + where);
  }

  private List<String> texts(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
