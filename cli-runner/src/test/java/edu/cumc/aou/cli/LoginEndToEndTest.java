package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads after a refused login: why, and who can change it. */
class LoginEndToEndTest {

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 5);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static Fault soap(String code, String text) {
    return Fault.answer(
        500,
        Map.of("Content-Type", "text/xml"),
        "<?xml version=\"1.0\"?><soapenv:Envelope"
            + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:sf=\"urn:fault.partner.soap.sforce.com\"><soapenv:Body><soapenv:Fault>"
            + "<faultcode>sf:"
            + code
            + "</faultcode><faultstring>"
            + text
            + "</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_OPERATION, switched the SOAP login off",
    "LOGIN_DURING_RESTRICTED_DOMAIN, login IP ranges",
    "LOGIN_DURING_RESTRICTED_TIME, login hours",
    "ORG_LOCKED, the whole org is locked",
    "PASSWORD_LOCKOUT, unlock the user",
    "API_DISABLED_FOR_ORG, API Enabled",
    "INVALID_LOGIN, security token is wrong",
  })
  void refusedSoapLogin_saysWhatToDo_andIsTriedOnce(String code, String words) {
    site.org.faults().on("*", "/services/Soap/.+", n -> n <= 1, soap(code, "P000000001 is hidden"));
    Result result = site.run("sync", "--initial-load");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains(words, code).doesNotContain("P000000001");
  }

  @Test
  void soapLogin_isWarnedOfBeforeItGoes() {
    assertThat(site.run("check").out())
        .contains("Salesforce retires the SOAP login in 2027, and newer orgs have it switched off");
  }

  @Test
  void passwordWithACarriageReturnOrABlank_isRefusedBeforeItIsSent() {
    site.environment.put("AOU_SALESFORCE_PASSWORD", "invented\r");
    Result carriageReturn = site.run("sync", "--initial-load");
    site.environment.put("AOU_SALESFORCE_PASSWORD", "invented ");
    Result blank = site.run("sync", "--initial-load");

    assertThat(carriageReturn.exitCode()).isEqualTo(3);
    assertThat(carriageReturn.err())
        .contains("salesforce.auth.password: holds a control character", "CR")
        .doesNotContain("invented");
    assertThat(blank.exitCode()).isEqualTo(3);
    assertThat(blank.err())
        .contains("salesforce.auth.password: begins or ends with a blank")
        .doesNotContain("invented");
  }
}
