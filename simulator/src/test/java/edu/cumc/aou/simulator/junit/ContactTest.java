package edu.cumc.aou.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.force.api.ApiConfig;
import com.force.api.ForceApi;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An example of a client. */
final class MyClient {
  private final ForceApi api;

  MyClient(String url, Credentials credentials) {
    api =
        new ForceApi(
            new ApiConfig()
                .setLoginEndpoint(url)
                .setUsername(credentials.username())
                .setPassword(credentials.password() + credentials.securityToken())
                .setClientId(credentials.clientId())
                .setClientSecret(credentials.clientSecret()));
  }

  void create(String object, String field, String value) {
    api.createSObject(object, Map.of(field, value));
  }
}

@SalesforceOrg(faults = "unavailable on GET /limits nth=1")
class ContactTest {
  @Test
  void contact_isCreated(SalesforceSimulator org) {
    MyClient client = new MyClient(org.url(), org.credentials());
    client.create("Contact", "LastName", "Muster");
    assertThat(org.records("Contact").findFirst().orElseThrow())
        .containsEntry("LastName", "Muster");
    assertThat(org.requestCounts()).containsKey("POST /services/data/{version}/sobjects/{object}");
  }
}
