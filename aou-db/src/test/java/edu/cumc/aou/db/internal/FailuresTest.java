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

class FailuresTest {

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
    "OVERLOADED, S0004, 9002",
    "TIMEOUT, HY008, 0",
    "TIMEOUT, 57014, 57014",
    "IN_USE, 90020, 90020",
    "UNREACHABLE, 08S01, 0",
    "UNREACHABLE, 08006, 0",
    "UNREACHABLE, S0001, 40613",
    "OTHER, 42000, 102",
  })
  void of_knowsTheCodesOfBothServers(Kind kind, String state, int code) {
    DatabaseException failure =
        Failures.of("testing", new IllegalStateException(new SQLException("x", state, code)));

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
    "OTHER, isolation level SNAPSHOT is not supported",
  })
  void of_numberThatACompatibleServerHasForAllItCannotName_looksAtTheText(Kind kind, String text) {
    DatabaseException failure = Failures.of("testing", new SQLException(text, "S0001", 33557097));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain(text);
  }

  @Test
  void of_poolWithoutAConnection_saysWhy() {
    SQLException cause = new SQLException("no", "S0001", 18456);

    assertThat(
            Failures.of("testing", new SQLTransientConnectionException("timed out", "S0001", cause))
                .kind())
        .isEqualTo(Kind.LOGIN_REFUSED);
  }

  @Test
  void of_untrustedCertificate_isNotTakenForANetworkFault() {
    SQLException failed = new SQLException("no", "08S01", 0, new SSLHandshakeException("no"));

    assertThat(Failures.of("testing", failed).kind()).isEqualTo(Kind.UNTRUSTED);
  }

  @Test
  void of_anything_keepsNothingOfTheDriversText() {
    DatabaseException failure =
        Failures.of(
            "entering holds",
            new SQLException("The duplicate key value is (P012345678)", "23000", 2627));

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString()).doesNotContain("P012345678").contains("entering holds");
  }
}
