package edu.cumc.aou.salesforce.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapAnswerTest {

  @Test
  void entitiesFromFiles_areNeverRead(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("secret.txt"), "hush");
    String body =
        "<?xml version=\"1.0\"?><!DOCTYPE e [<!ENTITY x SYSTEM \""
            + file.toUri()
            + "\">]><Envelope><sessionId>&x;</sessionId></Envelope>";

    assertThat(
            SoapAnswer.parse(body.getBytes(StandardCharsets.UTF_8))
                .map(a -> a.text("sessionId"))
                .orElse(""))
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no xml", "<html/>", "<Envelope><Body>", "{\"a\":1}"})
  void whatIsNoEnvelope_isNoAnswer(String body) {
    assertThat(SoapAnswer.parse(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void faultCode_losesItsPrefix() {
    String body =
        "<s:Envelope xmlns:s=\"x\"><s:Fault><faultcode>sf:INVALID_LOGIN</faultcode></s:Fault>"
            + "</s:Envelope>";

    assertThat(SoapAnswer.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow().faultCode())
        .isEqualTo("INVALID_LOGIN");
  }
}
