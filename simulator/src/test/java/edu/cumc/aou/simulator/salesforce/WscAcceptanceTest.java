package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sforce.async.AsyncApiException;
import com.sforce.async.BulkConnection;
import com.sforce.async.JobInfo;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.LoginFault;
import com.sforce.ws.ConnectorConfig;
import com.sforce.ws.SoapFaultException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Salesforce's own Java client, WSC with the partner API, unmodified. */
class WscAcceptanceTest {
  @RegisterExtension static final ClientMatrix MATRIX = ClientMatrix.of("WSC");

  private final SalesforceSimulator org = MATRIX.simulator().start();

  @AfterEach
  void close() {
    org.close();
  }

  private ConnectorConfig config(String password) {
    ConnectorConfig config = new ConnectorConfig();
    config.setAuthEndpoint(org.url() + "/services/Soap/u/64.0");
    config.setUsername(org.credentials().username());
    config.setPassword(password);
    return config;
  }

  @Test
  void login_givesASessionThatTheRestApiTakes() throws Exception {
    ConnectorConfig config =
        config(org.credentials().password() + org.credentials().securityToken());

    new PartnerConnection(config);

    assertThat(config.getServiceEndpoint()).startsWith(org.url() + "/services/Soap/u/64.0/00D");
    Caller caller = new Caller(org);
    caller.use(config.getSessionId());
    assertThat(caller.get(Caller.DATA + "/limits").statusCode()).isEqualTo(200);
  }

  @Test
  void badPassword_isALoginFault() {
    assertThatThrownBy(() -> new PartnerConnection(config("bad")))
        .isInstanceOfSatisfying(
            LoginFault.class,
            fault -> {
              assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_LOGIN);
              assertThat(fault.getExceptionMessage()).startsWith("Invalid username, password");
            });
  }

  @Test
  void logout_endsTheSession() throws Exception {
    ConnectorConfig config =
        config(org.credentials().password() + org.credentials().securityToken());
    PartnerConnection connection = new PartnerConnection(config);

    connection.logout();

    Caller caller = new Caller(org);
    caller.use(config.getSessionId());
    assertThat(caller.get(Caller.DATA + "/limits").statusCode()).isEqualTo(401);
  }

  @Test
  void dataCalls_areNotServed_andSaySo() throws Exception {
    PartnerConnection connection =
        new PartnerConnection(
            config(org.credentials().password() + org.credentials().securityToken()));

    assertThatThrownBy(() -> connection.query("SELECT Id FROM Contact"))
        .isInstanceOf(SoapFaultException.class)
        .hasMessageContaining("simulator");
  }

  @Test
  void bulkApiOne_isNotServed_andSaysSo() throws Exception {
    ConnectorConfig login =
        config(org.credentials().password() + org.credentials().securityToken());
    new PartnerConnection(login);
    ConnectorConfig config = new ConnectorConfig();
    config.setSessionId(login.getSessionId());
    config.setRestEndpoint(org.url() + "/services/async/64.0");
    BulkConnection bulk = new BulkConnection(config);
    JobInfo job = new JobInfo();
    job.setObject("Contact");

    assertThatThrownBy(() -> bulk.createJob(job))
        .isInstanceOfSatisfying(
            AsyncApiException.class,
            e -> assertThat(e.getExceptionMessage()).contains("docs/simulator.md"));
  }
}
