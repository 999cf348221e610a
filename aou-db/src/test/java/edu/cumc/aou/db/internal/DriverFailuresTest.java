package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "LOGIN_REFUSED, S0001, 18456",
    "LOGIN_REFUSED, S0001, 4060",
    "LOGIN_REFUSED, 28000, 28000",
    "MISSING_RELATION, S0002, 208",
    "MISSING_RELATION, 42S02, 42102",
    "MISSING_RELATION, 90079, 90079",
    "MISSING_COLUMN, S0001, 207",
    "MISSING_COLUMN, 42S22, 42122",
    "CONFLICT, 40001, 1205",
    "CONFLICT, S0005, 3960",
    "CONFLICT, S00051, 1222",
    "CONFLICT, HYT00, 50200",
    "DENIED, S0005, 229",
    "DUPLICATE, 23000, 2627",
    "DUPLICATE, 23505, 23505",
    "TIMEOUT, HY008, 0",
    "TIMEOUT, 57014, 57014",
    "IN_USE, 90020, 90020",
    "UNREACHABLE, 08S01, 0",
    "UNREACHABLE, 08006, 0",
    "UNREACHABLE, S0001, 596",
    "NOT_IN_SERVICE, S0001, 40613",
    "NOT_IN_SERVICE, S0001, 40197",
    "NOT_IN_SERVICE, S0001, 922",
    "NOT_IN_SERVICE, S0001, 924",
    "NOT_IN_SERVICE, S0001, 927",
    "NOT_IN_SERVICE, S0001, 942",
    "NOT_IN_SERVICE, S0001, 945",
    "NOT_IN_SERVICE, S0001, 952",
    "NOT_IN_SERVICE, S0001, 976",
    "NOT_IN_SERVICE, S0001, 979",
    "NOT_IN_SERVICE, S0001, 982",
    "NOT_IN_SERVICE, S0001, 983",
    "OVERLOADED, S0001, 1204",
    "OVERLOADED, S0001, 8645",
    "DENIED, S0001, 916",
    "NOT_ADMITTED, S0001, 18451",
    "NOT_ADMITTED, S0001, 18461",
    "NOT_ADMITTED, S0001, 40615",
    "NOT_ADMITTED, S0001, 47073",
    "CONVERSION, S0001, 241",
    "CONVERSION, S0001, 242",
    "CONVERSION, S0001, 244",
    "CONVERSION, S0001, 245",
    "CONVERSION, S0001, 248",
    "CONVERSION, S0001, 8114",
    "CONVERSION, S0001, 8115",
    "CONVERSION, 22001, 8152",
    "CONVERSION, 22018, 22018",
    "BROKEN_VIEW, S0001, 468",
    "BROKEN_VIEW, S0001, 4413",
    "BROKEN_VIEW, S0001, 4502",
    "BROKEN_VIEW, S0001, 7202",
    "BROKEN_VIEW, S0001, 7399",
    "BROKEN_VIEW, S0001, 7416",
    "BROKEN_VIEW, 90109, 90109",
    "FULL, S0001, 1105",
    "FULL, S0001, 9002",
    "FULL, 90100, 90100",
    "READ_ONLY, S0001, 3906",
    "READ_ONLY, 90097, 90097",
    "READ_ONLY, 25006, 0",
    "STORAGE, 90028, 90028",
    "DAMAGED, 90030, 90030",
    "MISSING_DATABASE, 90146, 90146",
    "BAD_PROPERTY, 90113, 90113",
    "REFUSED, 42000, 102",
    "REFUSED, S0001, 4711",
    "REFUSED, 23000, 547",
    "OVERLOADED, 53300, 0",
  })
  void of_knowsTheCodesOfBothServers(Kind kind, String state, int code) {
    DatabaseException failure =
        DriverFailures.of("testing", new IllegalStateException(new SQLException("x", state, code)));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.vendorCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING_RELATION, 'relation \"dbo.sync_run\" does not exist'",
    "MISSING_COLUMN, 'column \"PMI ID\" of relation \"base\" does not exist'",
    "MISSING_COLUMN, 'column c.seq does not exist'",
    "DENIED, permission denied for table sync_run",
    "DUPLICATE, 'duplicate key value violates unique constraint \"pk_sync_run\"'",
    "CONFLICT, canceling statement due to lock timeout",
    "CONFLICT, deadlock detected",
    "CONFLICT, could not serialize access due to concurrent update",
    "TIMEOUT, canceling statement due to user request",
    "UNREACHABLE, terminating connection due to administrator command",
    "OVERLOADED, 'sorry, too many clients already'",
    "REFUSED, isolation level SNAPSHOT is not supported",
  })
  void of_numberThatACompatibleServerHasForAllItCannotName_looksAtTheText(Kind kind, String text) {
    DatabaseException failure =
        DriverFailures.of("testing", new SQLException(text, "S0001", 33557097));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain(text);
  }

  @Test
  void of_whatNoDatabaseSaid_isADefect() {
    assertThat(DriverFailures.of("testing", new IllegalStateException("P012345678")).kind())
        .isEqualTo(Kind.OTHER);
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_PROPERTY, socketTimeout, The socketTimeout -5 is not valid.",
    "BAD_PROPERTY, lockTimeout, The lockTimeOut xx is not valid.",
    "BAD_PROPERTY, encrypt, 'The EncryptOption value \"maybe\" is not valid.'",
    "BAD_PROPERTY, '', Something of the driver is not valid.",
    "BAD_URL, '', The connection string contains a badly formed name or value.",
  })
  void ofConnecting_driversOwnRefusal_namesTheProperty(Kind kind, String property, String text) {
    DatabaseException failure =
        DriverFailures.ofConnecting("testing", new IllegalStateException(new SQLException(text)));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.property()).isEqualTo(property);
    assertThat(failure.getMessage()).doesNotContain("xx", "maybe");
  }

  @Test
  void of_poolWithoutAConnection_saysWhy() {
    SQLException cause = new SQLException("no", "S0001", 18456);

    assertThat(
            DriverFailures.of(
                    "testing", new SQLTransientConnectionException("timed out", "S0001", cause))
                .kind())
        .isEqualTo(Kind.LOGIN_REFUSED);
  }

  @Test
  void of_untrustedCertificate_isNotTakenForANetworkFault() {
    SQLException failed = new SQLException("no", "08S01", 0, new SSLHandshakeException("no"));

    assertThat(DriverFailures.of("testing", failed).kind()).isEqualTo(Kind.UNTRUSTED);
  }

  @Test
  void of_anything_keepsNothingOfTheDriversText() {
    DatabaseException failure =
        DriverFailures.of(
            "entering holds",
            new SQLException("The duplicate key value is (P012345678)", "23000", 2627));

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString()).doesNotContain("P012345678").contains("entering holds");
  }
}
