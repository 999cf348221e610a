package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records come back out of the recycle bin by the SOAP API. */
class UndeleteOnSimulatorTest {

  private static final String UNDELETE = "/services/Soap/u/.*";

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;
  private String first;
  private String second;

  @BeforeEach
  void open() {
    org = SalesforceSimulator.builder().clock(time).start();
    Credentials who = org.credentials();
    salesforce =
        Salesforce.connect(
            SalesforceSettings.builder(
                    URI.create(org.url()),
                    new SalesforceAuth.ClientCredentials(
                        who.clientId(), Secret.of(who.clientSecret())))
                .answerTimeout(Duration.ofSeconds(2))
                .build(),
            time.surroundings());
    first = salesforce.create("Contact", Map.of("LastName", "Invented & one"));
    second = salesforce.create("Contact", Map.of("LastName", "Invented two"));
    assertThat(salesforce.deleteAll(List.of(first, second))).hasSize(2);
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  private long contacts() {
    return org.records("Contact").count();
  }

  @Test
  void undelete_takesRecordsOutOfTheBin_andTellsTheOthers() {
    org.erase(second);

    List<SaveResult> results = salesforce.undeleteAll(List.of(first, second));

    assertThat(results.get(0)).isEqualTo(new Saved(first, false));
    assertThat(((Refused) results.get(1)).errors())
        .extracting(RecordError::code)
        .containsExactly("UNDELETE_FAILED");
    assertThat(contacts()).isEqualTo(1);
    assertThat(salesforce.undeleteAll(List.of())).isEmpty();
    assertThatThrownBy(() -> salesforce.undeleteAll(Collections.nCopies(201, first)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void undelete_sessionHasEnded_logsInAgain() {
    org.expireSessions();

    assertThat(salesforce.undeleteAll(List.of(first, second)))
        .allMatch(result -> result instanceof Saved);

    assertThat(org.logins()).isEqualTo(2);
  }

  @Test
  void undelete_answerIsLost_findsThemOutOfTheBinTheSecondTime() {
    org.faults().on("POST", UNDELETE, 1, Fault.resetAfterApply());

    assertThat(salesforce.undeleteAll(List.of(first))).allMatch(r -> r instanceof Refused);

    assertThat(contacts()).isEqualTo(1);
  }

  @Test
  void undelete_webPageInsteadOfAnAnswer_isNoSuccess() {
    for (int call = 1; call <= 20; call++) {
      org.faults().on("POST", UNDELETE, call, Fault.html(200));
    }

    assertThatThrownBy(() -> salesforce.undeleteAll(List.of(first)))
        .isInstanceOf(SalesforceException.class)
        .hasMessageContaining("undelete");
  }
}
