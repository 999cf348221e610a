package edu.cumc.aou.runtime.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import edu.cumc.aou.sync.config.SecretText;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.testing.AwsStub;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to AWS give the same secrets and the same errors. */
class AwsSecretsTest {

  private static final String SECRET = "aou-sync/production";

  private final AwsStub aws = new AwsStub();

  enum Way {
    EXTENSION,
    SERVICES
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @ParameterizedTest
  @EnumSource
  void secretOfAKey_isReadAtFirstUseAndOnceForAllItsKeys(Way way) {
    aws.secret(SECRET, "{\"password\": \"invented-1\", \"token\": \"invented-2\"}");
    AwsSecrets secrets = secrets(way);

    SecretText password = find(secrets, "secret:" + SECRET + "#password");
    SecretText token = find(secrets, "secret:" + SECRET + "#token");

    assertThat(aws.reads()).isEmpty();
    assertThat(password.reveal()).isEqualTo("invented-1");
    assertThat(token.reveal()).isEqualTo("invented-2");
    assertThat(password.reveal()).isEqualTo("invented-1");
    assertThat(aws.reads()).containsExactly(SECRET);
    assertThat(password + " " + token).doesNotContain("invented");
  }

  @ParameterizedTest
  @EnumSource
  void wholeSecretsAndParameters_areTexts(Way way) {
    aws.secret("whole", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    aws.parameter("/aou-sync/store-password", "invented-3\n");
    AwsSecrets secrets = secrets(way);

    assertThat(find(secrets, "secret:whole").reveal()).contains("-----\nAAAA\n-----");
    assertThat(find(secrets, "ssm:/aou-sync/store-password").reveal()).isEqualTo("invented-3");
  }

  @ParameterizedTest
  @EnumSource
  void changedSecret_isFoundByRenewal(Way way) {
    aws.secret(SECRET, "{\"password\": \"invented-1\", \"token\": \"invented-2\"}");
    AwsSecrets secrets = secrets(way);
    SecretText password = find(secrets, "secret:" + SECRET + "#password");
    SecretText token = find(secrets, "secret:" + SECRET + "#token");
    assertThat(password.reveal() + token.reveal()).isEqualTo("invented-1invented-2");

    assertThat(password.renew()).isFalse();
    aws.secret(SECRET, "{\"password\": \"invented-4\", \"token\": \"invented-2\"}");

    assertThat(password.reveal()).isEqualTo("invented-1");
    assertThat(password.renew()).isTrue();
    assertThat(token.renew()).isFalse();
    assertThat(password.reveal()).isEqualTo("invented-4");
    assertThat(token.reveal()).isEqualTo("invented-2");
  }

  @ParameterizedTest
  @EnumSource
  void arn_isAName(Way way) {
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:aou-sync/prod-AbCdEf";
    aws.secret(arn, "{\"password\": \"invented-1\"}");

    assertThat(find(secrets(way), "secret:" + arn + "#password").reveal()).isEqualTo("invented-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | ResourceNotFoundException | does not exist in this account and region
          400 | AccessDeniedException     | allow its role secretsmanager:GetSecretValue
          400 | DecryptionFailure         | kms:Decrypt
          400 | InvalidRequestException   | marked for deletion
          400 | ExpiredTokenException     | credentials
          400 | InvalidParameterException | check the name and the region
          """)
  void refusal_tellsTheSettingAndWhatToDo(int status, String type, String advice) {
    for (Way way : Way.values()) {
      aws.refuse(SECRET, 9, status, type);
      SecretText password = find(secrets(way), "secret:" + SECRET + "#password");
      int reads = aws.reads().size();

      assertThatExceptionOfType(SyncException.class)
          .as(way.name())
          .isThrownBy(password::reveal)
          .withMessageStartingWith("source.password: ")
          .withMessageContaining(SECRET)
          .withMessageContaining(advice)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("invented"));
      assertThat(aws.reads()).hasSize(reads + 1);
    }
  }

  @Test
  void unknownParameter_isNamedAsOne() {
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> find(secrets(Way.SERVICES), "ssm:/no/such").reveal())
        .withMessageContaining("the parameter /no/such does not exist");
  }

  @ParameterizedTest
  @EnumSource
  void busyService_isAskedAgain(Way way) {
    aws.secret(SECRET, "invented-1").refuse(SECRET, 2, 400, "ThrottlingException");

    assertThat(find(secrets(way), "secret:" + SECRET).reveal()).isEqualTo("invented-1");
    assertThat(aws.reads()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void serviceThatStaysBusy_isAPassingFailure(Way way) {
    aws.refuse(SECRET, 99, 500, "InternalServiceError");

    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> find(secrets(way), "secret:" + SECRET).reveal())
        .withMessageContaining("busy; run again")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE));
  }

  @ParameterizedTest
  @EnumSource
  void nobodyAnswering_tellsOfTheNetwork(Way way) {
    AwsSecrets secrets = secrets(way);
    aws.close();

    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> find(secrets, "secret:" + SECRET).reveal())
        .withMessageContaining("interface endpoint")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE));
  }

  @Test
  void secretWithoutTheKey_tellsSoWithoutItsText() {
    aws.secret("object", "{\"pass\": \"hush\", \"inner\": {\"a\": 1}, \"empty\": \"\"}");
    aws.secret("text", "hush");
    AwsSecrets secrets = secrets(Way.SERVICES);

    assertProblem(secrets, "secret:object#password", "has no key password");
    assertProblem(secrets, "secret:object#inner", "has no key inner");
    assertProblem(secrets, "secret:object#empty", "is empty");
    assertProblem(secrets, "secret:text#password", "is no JSON object");
  }

  @Test
  void missingRegion_isToldOnlyWhereNothingElseSaysIt() {
    Map<String, String> environment = new HashMap<>(aws.services());
    environment.remove("AWS_REGION");
    environment.put("AWS_DEFAULT_REGION", "us-west-2");
    aws.secret(SECRET, "invented-1");

    AwsSecrets secrets = AwsSecrets.of(environment, duration -> {});

    assertThat(find(secrets, "secret:" + SECRET).reveal()).isEqualTo("invented-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret:", "secret:a b", "secret:a#", "secret:#k", "ssm:", "ssm:a b"})
  void malformedReference_isRefusedWithoutItsText(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> secrets(Way.SERVICES).find("source.password", text))
        .withMessageStartingWith("begins like a reference");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "a#b", "Secret:x", "xssm:y", "jdbc:sqlserver://db"})
  void otherText_isNoReference(String text) {
    assertThat(secrets(Way.SERVICES).find("source.password", text)).isEmpty();
  }

  private void assertProblem(AwsSecrets secrets, String reference, String words) {
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> find(secrets, reference).reveal())
        .withMessageStartingWith("source.password: ")
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
  }

  private AwsSecrets secrets(Way way) {
    return AwsSecrets.of(way == Way.EXTENSION ? aws.extension() : aws.services(), duration -> {});
  }

  private static SecretText find(AwsSecrets secrets, String reference) {
    return secrets.find("source.password", reference).orElseThrow();
  }
}
