package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.force.api.ApiConfig;
import com.force.api.ApiException;
import com.force.api.ApiTokenException;
import com.force.api.Auth;
import com.force.api.CreateOrUpdateResult;
import com.force.api.DescribeSObject;
import com.force.api.ForceApi;
import com.force.api.QueryResult;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A second client that we have not written, force-rest-api, works as it is published. */
@Timeout(120)
class ForceRestApiAcceptanceTest {
  @RegisterExtension static final ClientMatrix MATRIX = ClientMatrix.of("force-rest-api");

  private final SalesforceSimulator org = MATRIX.simulator().pageSize(200).sandbox(false).start();

  @AfterEach
  void close() {
    org.close();
  }

  private ApiConfig config() {
    Credentials credentials = org.credentials();
    return new ApiConfig()
        .setLoginEndpoint(org.url())
        .setApiVersionString("v62.0")
        .setClientId(credentials.clientId())
        .setClientSecret(credentials.clientSecret())
        .setUsername(credentials.username())
        .setPassword(credentials.password() + credentials.securityToken());
  }

  private ForceApi client() {
    return new ForceApi(config(), Auth.oauthLoginPasswordFlow(config()));
  }

  /** Its SOAP login takes every org for one behind HTTPS, so it is no use here. */
  @Test
  void login_byOAuthPassword_opensASession() {
    ForceApi api = client();

    assertThat(api.getIdentity().getUsername()).isEqualTo(org.credentials().username());
    assertThat(api.getIdentity().getOrganizationId()).isEqualTo(org.credentials().organizationId());
    assertThat(api.query("SELECT Id FROM Contact").getTotalSize()).isZero();
  }

  @Test
  void wrongPassword_isRefused() {
    Throwable thrown =
        catchThrowable(() -> Auth.oauthLoginPasswordFlow(config().setPassword("wrong")));

    assertThat(thrown).hasStackTraceContaining("invalid_grant");
    assertThat(org.logins()).isZero();
  }

  @Test
  void sessionThatEnds_isUnderstoodAsSuch() {
    ForceApi api = client();
    api.query("SELECT Id FROM Contact");
    org.expireSessions();

    assertThat(catchThrowable(() -> api.query("SELECT Id FROM Contact")))
        .isInstanceOf(ApiTokenException.class);

    assertThat(client().query("SELECT Id FROM Contact").getTotalSize()).isZero();
  }

  @Test
  void record_livesAndDies() {
    ForceApi api = client();

    String id = api.createSObject("Contact", Map.of("LastName", "Muster", "Title", "Dr"));
    api.updateSObject("Contact", id, Map.of("Title", "Prof"));
    Map<?, ?> read = api.getSObject("Contact", id).as(Map.class);
    api.deleteSObject("Contact", id);

    assertThat(read.get("Title")).isEqualTo("Prof");
    assertThat(org.records("Contact")).isEmpty();
    ApiException thrown =
        catchThrowableOfType(ApiException.class, () -> api.getSObject("Contact", id).as(Map.class));
    assertThat(thrown.getCode()).isEqualTo(404);
  }

  @Test
  void upsert_createsThenUpdates() {
    ForceApi api = client();

    CreateOrUpdateResult first =
        api.createOrUpdateSObject(
            "Contact", "HP_PMI_ID__c", "P000000001", Map.of("LastName", "Muster"));
    CreateOrUpdateResult second =
        api.createOrUpdateSObject(
            "Contact", "HP_PMI_ID__c", "P000000001", Map.of("LastName", "Other"));

    assertThat(first).isEqualTo(CreateOrUpdateResult.CREATED);
    assertThat(second).isEqualTo(CreateOrUpdateResult.UPDATED);
    assertThat(org.records("Contact").map(row -> row.get("LastName"))).containsExactly("Other");
  }

  @Test
  void query_isReadToItsEnd() {
    for (int i = 0; i < 450; i++) {
      org.create("Contact", Map.of("LastName", "Page" + i, "AccountId", org.accountId()));
    }
    ForceApi api = client();

    List<Object> names = new ArrayList<>();
    QueryResult<?> page = api.query("SELECT LastName, Account.Name FROM Contact");
    page.getRecords().forEach(record -> names.add(((Map<?, ?>) record).get("LastName")));
    while (!page.isDone()) {
      page = api.queryMore(page.getNextRecordsUrl());
      page.getRecords().forEach(record -> names.add(((Map<?, ?>) record).get("LastName")));
    }

    assertThat(page.getTotalSize()).isEqualTo(450);
    assertThat(names).hasSize(450).doesNotHaveDuplicates();
    assertThat(org.requestCounts())
        .containsEntry("GET /services/data/{version}/query/{locator}", 2);
  }

  @Test
  void descriptions_areUnderstood() {
    ForceApi api = client();

    DescribeSObject contact = api.describeSObject("Contact");

    assertThat(api.describeGlobal().getSObjects())
        .extracting(o -> o.getName())
        .contains("Account", "Contact", "Opportunity", "User");
    assertThat(contact.getFields()).extracting(DescribeSObject.Field::getName).contains("LastName");
    assertThat(contact.getRequiredFieldsForCreateUpdate())
        .extracting(DescribeSObject.Field::getName)
        .contains("LastName");
    assertThat(api.getSupportedVersions()).isNotEmpty();
  }
}
