package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

  private static final String RULE_EVENT =
      """
      {"version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
       "detail-type": "Scheduled Event", "source": "aws.events", "account": "123456789012",
       "time": "2026-01-05T11:00:00Z", "region": "us-east-1",
       "resources": ["arn:aws:events:us-east-1:123456789012:rule/daily"], "detail": {}}
      """;

  @Test
  void emptyEvent_isADailySync() throws IOException {
    assertThat(read("{}")).isEqualTo(new Order(Task.SYNC, false, false, false));
  }

  @Test
  void scheduledEventOfARule_isADailySync() throws IOException {
    assertThat(read(RULE_EVENT)).isEqualTo(new Order(Task.SYNC, false, false, false));
  }

  @Test
  void schedule_passesOptions() throws IOException {
    assertThat(
            read(
                """
                {"mode": "plan", "full": true, "scheduledTime": "2026-01-05T11:00:00Z",
                 "attempt": "1"}
                """))
        .isEqualTo(new Order(Task.PLAN, true, false, false));
    assertThat(read("{\"mode\": \"sync\", \"attempt\": 2}"))
        .isEqualTo(new Order(Task.SYNC, false, false, false));
  }

  @Test
  void firstLoadAndStrictness_areAskedForByName() throws IOException {
    assertThat(read("{\"initialLoad\": true, \"strict\": true}"))
        .isEqualTo(new Order(Task.SYNC, false, true, true));
    assertThat(read("{\"initialLoad\": false}"))
        .isEqualTo(new Order(Task.SYNC, false, false, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "sync",
        "{\"mode\": \"sync\"",
        "{} {}",
        "{\"mode\": \"dry-run\"}",
        "{\"mode\": null}",
        "{\"mode\": \"sync\", \"mode\": \"plan\"}",
        "{\"full\": \"true\"}",
        "{\"full\": 1}",
        "{\"initialLoad\": \"yes\"}",
        "{\"strict\": null}",
        "{\"scheduledTime\": {}}",
        "{\"dryRun\": true}",
        "{\"detail-type\": \"Object Created\", \"source\": \"aws.s3\"}",
        "{\"detail-type\": \"Scheduled Event\", \"source\": \"aws.events\", \"detail\": {\"a\": 1}}",
        "{\"detail-type\": \"Scheduled Event\", \"source\": \"aws.events\", \"mode\": \"plan\"}"
      })
  void anythingElse_isAnError(String event) {
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> read(event))
        .withMessageContaining("Nothing was run")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG));
  }

  @Test
  void bytesThatNoCharsetHolds_areAnError() {
    byte[] event = {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f};
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> Order.read(new ByteArrayInputStream(event)))
        .withMessageContaining("it is not JSON");
  }

  @Test
  void misspeltKey_isToldByWhatWasMeant() {
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> read("{\"mod\": \"plan\"}"))
        .withMessageContaining("did you mean mode?");
  }

  @Test
  void unknownKey_isNamedUnlessItMayBeSomebodysId() {
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> read("{\"dryRun\": true}"))
        .withMessageContaining("its key dryRun is not known");
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> read("{\"P012345678\": true}"))
        .withMessageContaining("one of its keys is not known")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("P012345678"));
  }

  private static Order read(String event) throws IOException {
    return Order.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
  }
}
