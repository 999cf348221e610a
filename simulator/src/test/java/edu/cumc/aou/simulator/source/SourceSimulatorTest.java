package edu.cumc.aou.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSimulatorTest {
  private static final SourceOptions SMALL = new SourceOptions(7, 200, 1, false);

  /** The export of 2019, then what was added to it, then the loader's row number. */
  private static final String HEADINGS =
      """
      PMI ID | Biobank ID | Last Name | First Name | Date of Birth | Language
      Participant Status | General Consent Status | General Consent Date
      EHR Consent Status | EHR Consent Date | CABoR Consent Status | CABoR Consent Date
      Withdrawal Status | Withdrawal Date | Street Address | City | State | ZIP | Email
      Phone | Sex | Gender Identity | Race/Ethnicity | Education
      Required PPI Surveys Complete | Completed Surveys | Basics PPI Survey Complete
      Basics PPI Survey Completion Date | Health PPI Survey Complete
      Health PPI Survey Completion Date | Lifestyle PPI Survey Complete
      Lifestyle PPI Survey Completion Date | Hist PPI Survey Complete
      Hist PPI Survey Completion Date | Meds PPI Survey Complete
      Meds PPI Survey Completion Date | Family PPI Survey Complete
      Family PPI Survey Completion Date | Access PPI Survey Complete
      Access PPI Survey Completion Date | Physical Measurements Status
      Physical Measurements Completion Date | Paired Site | Paired Organization
      Physical Measurements Site | Samples for DNA Received | Biospecimens
      8 mL SST Collected | 8 mL SST Collection Date | 8 mL PST Collected
      8 mL PST Collection Date | 4 mL Na-Hep Collected | 4 mL Na-Hep Collection Date
      2 mL EDTA Collected | 2 mL EDTA Collection Date | 4 mL EDTA Collected
      4 mL EDTA Collection Date | 1st 10 mL EDTA Collected | 1st 10 mL EDTA Collection Date
      2nd 10 mL EDTA Collected | 2nd 10 mL EDTA Collection Date | Cell-Free DNA Collected
      Cell-Free DNA Collection Date | Paxgene RNA Collected | Paxgene RNA Collection Date
      Urine 10 mL Collected | Urine 10 mL Collection Date | Urine 90 mL Collected
      Urine 90 mL Collection Date | Saliva Collected | Saliva Collection Date
      Biospecimens Site | Withdrawal Reason | Language of General Consent
      DV-only EHR Sharing Status | DV-only EHR Sharing Date | Login Phone | Street Address2
      Patient Status: Yes | Patient Status: No | Patient Status: No Access
      Patient Status: Unknown | Deactivation Status | Deactivation Date
      gRoR Consent Status | gRoR Consent Date | COPE May PPI Survey Complete
      COPE May PPI Survey Completion Date | COPE June PPI Survey Complete
      COPE June PPI Survey Completion Date | COPE July PPI Survey Complete
      COPE July PPI Survey Completion Date | Deceased | Date of Death
      Date of Death Approval | Row_Id
      """;

  @TempDir Path directory;
  private SourceSimulator source;

  @BeforeEach
  void open() {
    source = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "");
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void load_sameOptionsGiveTheSameContent(@TempDir Path elsewhere) {
    source.load(SMALL.onDay(3));
    source.load(SMALL.onDay(9));
    source.load(SMALL.onDay(4));

    try (SourceSimulator other = SourceSimulator.open(SourceSimulator.h2Url(elsewhere), "sa", "")) {
      other.load(SMALL.onDay(4));
      assertThat(other.fingerprint()).isEqualTo(source.fingerprint());
    }
  }

  @Test
  void load_otherSeedOrDayGivesOtherContent() {
    List<String> fingerprints = new ArrayList<>();
    for (SourceOptions options :
        List.of(
            SMALL,
            SMALL.onDay(2),
            new SourceOptions(8, 200, 1, false),
            new SourceOptions(7, 200, 1, true))) {
      source.load(options);
      fingerprints.add(source.fingerprint());
    }
    assertThat(fingerprints).doesNotHaveDuplicates();
  }

  @Test
  void threePartNames_resolve() throws SQLException {
    source.load(SMALL);
    assertThat(number("SELECT COUNT(*) FROM dm_aou.dbo.healthpro")).isEqualTo(200);
    assertThat(
            number(
                "SELECT COUNT(*) FROM [dm_aou].[dbo].[vw_reporting_base]"
                    + " WHERE [PMI ID_HP] IS NOT NULL"))
        .isEqualTo(200);
    assertThat(number("SELECT COUNT(*) FROM dm_aou.dbo.HealthPro WHERE \"pmi id\" LIKE 'P0%'"))
        .isEqualTo(200);
  }

  @Test
  void healthpro_hasTheColumnsOfTheExport() throws SQLException {
    source.load(SMALL);
    List<String> columns = columns("SELECT * FROM dbo.healthpro");
    assertThat(columns.stream().map(SourceSimulatorTest::name).toList())
        .containsExactly(HEADINGS.strip().split("\\s*[|\\n]\\s*"));
    assertThat(columns)
        .contains(
            "PMI ID VARCHAR(64)",
            "Last Name VARCHAR(256)",
            "Date of Birth DATE",
            "Language VARCHAR(32)",
            "Participant Status VARCHAR(28)",
            "EHR Consent Status VARCHAR(8)",
            "EHR Consent Date DATE",
            "State VARCHAR(128)",
            "ZIP VARCHAR(32)",
            "Race/Ethnicity VARCHAR(64)",
            "Biospecimens VARCHAR(10)",
            "Paired Organization VARCHAR(50)",
            "4 mL Na-Hep Collected VARCHAR(8)",
            "2nd 10 mL EDTA Collection Date DATE",
            "gRoR Consent Date TIMESTAMP",
            "COPE June PPI Survey Completion Date TIMESTAMP",
            "Deactivation Date TIMESTAMP",
            "Date of Death DATE",
            "Row_Id INTEGER");
    assertThat(
            number(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'healthpro'"
                    + " AND IS_NULLABLE = 'NO'"))
        .isZero();
    assertThat(
            number(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS"
                    + " WHERE TABLE_NAME IN ('healthpro', 'redcap')"))
        .isZero();
  }

  @Test
  void view_showsHealthProAndRedcapColumns() throws SQLException {
    source.load(SMALL);
    assertThat(columns("SELECT * FROM dbo.vw_reporting_base"))
        .startsWith("Row_Id INTEGER", "PMI ID_HP VARCHAR(64)")
        .contains("Paired Organization_HP VARCHAR(50)", "Race/Ethnicity_HP VARCHAR(64)")
        .endsWith(
            "record_id_RC VARCHAR(64)",
            "pmi_id_RC VARCHAR(64)",
            "org_RC VARCHAR(50)",
            "aou_enroller_RC VARCHAR(32)",
            "spec_provider_RC VARCHAR(256)",
            "learn_aou_RC VARCHAR(64)",
            "learn_aou_other_RC VARCHAR(256)",
            "tech_asst_RC VARCHAR(64)",
            "tech_asst_other_RC VARCHAR(256)",
            "clinical_outreach_name_RC VARCHAR(256)");
  }

  @Test
  void view_joinsRedcapFromBothSides() throws SQLException {
    SourceSummary summary = source.load(SMALL);
    String view = "SELECT COUNT(*) FROM dbo.vw_reporting_base WHERE ";
    assertThat(number(view + "[PMI ID_HP] IS NULL")).isEqualTo(summary.redcapOnlyRows());
    assertThat(number(view + "[PMI ID_HP] = [pmi_id_RC]")).isBetween(60, 140);
    assertThat(number(view + "[PMI ID_HP] IS NOT NULL AND [record_id_RC] IS NULL"))
        .isBetween(60, 140);
    assertThat(number(view + "[PMI ID_HP] <> [pmi_id_RC]")).isZero();
    assertThat(number("SELECT COUNT(DISTINCT [Row_Id]) FROM dbo.vw_reporting_base"))
        .isEqualTo(summary.contactRows())
        .isEqualTo(summary.journeyRows() + summary.redcapOnlyRows());
  }

  @Test
  void view_holdsEveryOrganisation() throws SQLException {
    source.load(SMALL);
    String view = "SELECT COUNT(*) FROM dbo.vw_reporting_base WHERE [Paired Organization_HP] = ";
    assertThat(number(view + "'COLUMBIA_COLUMBIA'")).isBetween(150, 190);
    assertThat(number(view + "'COLUMBIA_WEILL'")).isPositive();
    assertThat(number(view + "'COLUMBIA_HARLEM'")).isPositive();
  }

  @Test
  void load_showsOthersTheDayBeforeUntilItIsDone() throws SQLException {
    source.load(SMALL);
    try (Connection reader =
        DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "")) {
      reader.setAutoCommit(false);
      try (Statement statement = reader.createStatement();
          ResultSet rows = statement.executeQuery("SELECT [PMI ID] FROM dbo.healthpro")) {
        source.load(SMALL.onDay(2));
        int seen = 0;
        while (rows.next()) {
          seen++;
        }
        assertThat(seen).isEqualTo(200);
      }
    }
    assertThat(number("SELECT COUNT(*) FROM dbo.healthpro")).isGreaterThan(200);
  }

  @Test
  void load_refusesTablesOfSomebodyElse(@TempDir Path elsewhere) throws SQLException {
    String url = SourceSimulator.h2Url(elsewhere);
    try (Connection owner = DriverManager.getConnection(url, "sa", "");
        Statement statement = owner.createStatement();
        SourceSimulator intruder = SourceSimulator.open(url, "sa", "")) {
      statement.execute("CREATE SCHEMA dbo");
      statement.execute("CREATE TABLE dbo.healthpro ([PMI ID] NVARCHAR(64))");
      statement.execute("INSERT INTO dbo.healthpro VALUES ('P012345678')");

      assertThatThrownBy(() -> intruder.load(SMALL))
          .isInstanceOf(SourceSimulatorException.class)
          .hasMessageContaining("already has dbo.healthpro")
          .hasMessageContaining("Nothing was changed");
      assertThatThrownBy(intruder::empty)
          .isInstanceOf(SourceSimulatorException.class)
          .hasMessageContaining("load a day first");
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM dbo.healthpro")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isOne();
      }
    }
  }

  @Test
  void loaded_remembersTheLastLoad() {
    assertThat(source.loaded()).isEmpty();
    source.load(new SourceOptions(-3, 20, 5, true));
    source.empty();
    assertThat(source.loaded()).contains(new SourceOptions(-3, 20, 5, true));
  }

  @Test
  void keepShare_leavesAHalfLoadedSource() throws SQLException {
    source.load(SMALL);
    source.keepShare(0.25);
    assertThat(number("SELECT COUNT(*) FROM dbo.healthpro")).isEqualTo(50);
    assertThat(number("SELECT COUNT(*) FROM dbo.redcap")).isBetween(10, 50);
    source.empty();
    assertThat(number("SELECT COUNT(*) FROM dbo.vw_reporting_base")).isZero();
  }

  @Test
  void keepShare_refusesWhatIsNoShare() {
    source.load(SMALL);
    assertThatThrownBy(() -> source.keepShare(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source.keepShare(1.5)).hasMessageContaining("from 0 to 1");
  }

  @Test
  void dropColumn_takesItFromTableAndView_andTheNextLoadRepairs() throws SQLException {
    source.load(SMALL);
    String before = source.fingerprint();
    source.dropColumn("Email");

    assertThat(columns("SELECT * FROM dbo.healthpro")).noneMatch(c -> c.startsWith("Email"));
    assertThat(columns("SELECT * FROM dbo.vw_reporting_base"))
        .noneMatch(c -> c.startsWith("Email"))
        .contains("Phone_HP VARCHAR(80)");
    assertThatThrownBy(source::fingerprint).hasMessageContaining("lacks a table or a column");

    source.load(SMALL);
    assertThat(source.fingerprint()).isEqualTo(before);
  }

  @Test
  void dropColumn_refusesTheKeyAndTheUnknown() {
    source.load(SMALL);
    assertThatThrownBy(() -> source.dropColumn("PMI ID"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source.dropColumn("Shoe Size"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Shoe Size");
  }

  @Test
  void dropContacts_leavesTheJourneys_dropJourneysNothing() throws SQLException {
    source.load(SMALL);
    source.dropContacts();
    assertThat(number("SELECT COUNT(*) FROM dbo.healthpro")).isEqualTo(200);
    assertThatThrownBy(() -> number("SELECT COUNT(*) FROM dbo.vw_reporting_base"))
        .isInstanceOf(SQLException.class);
    source.dropJourneys();
    assertThatThrownBy(() -> number("SELECT COUNT(*) FROM dbo.healthpro"))
        .isInstanceOf(SQLException.class);
    source.load(SMALL);
    assertThat(number("SELECT COUNT(*) FROM dbo.vw_reporting_base")).isGreaterThan(200);
  }

  @Test
  void open_saysWhatIsWrong_withoutTheDriversText() {
    assertThatThrownBy(() -> SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "wrong"))
        .isInstanceOf(SourceSimulatorException.class)
        .hasMessageContaining("connecting")
        .hasMessageContaining("28000")
        .hasNoCause();
  }

  @Test
  void options_refuseWhatIsOutOfRange() {
    assertThatThrownBy(() -> new SourceOptions(1, 0, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("participants");
    assertThatThrownBy(() -> new SourceOptions(1, 1, 3651, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("day");
    assertThat(new SourceOptions(1, 1, 28, false).date()).isEqualTo("2026-02-01");
  }

  private static String name(String column) {
    return column.substring(0, column.lastIndexOf(' '));
  }

  private int number(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private List<String> columns(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql + " WHERE 1 = 0")) {
      ResultSetMetaData data = rows.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        String type = data.getColumnTypeName(i).replace("CHARACTER VARYING", "VARCHAR");
        String size = type.equals("VARCHAR") ? "(" + data.getPrecision(i) + ")" : "";
        columns.add(data.getColumnName(i) + " " + type + size);
      }
      return columns;
    }
  }
}
