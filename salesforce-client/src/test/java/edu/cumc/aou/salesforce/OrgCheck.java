package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What any org must do, original or simulated. Writes two Contacts and deletes them again. */
public final class OrgCheck {

  private OrgCheck() {}

  public static void run(Salesforce salesforce) {
    assertThat(salesforce.versions()).isNotEmpty();
    Instant began = salesforce.serverTime();
    Organization organization = salesforce.organization();
    assertThat(organization.id()).matches("00D[A-Za-z0-9]{15}");
    assertThat(salesforce.limits()).containsKey("DailyApiRequests");
    ObjectDescription contact = salesforce.describe("Contact");
    assertThat(contact.field("LastName").orElseThrow().requiredOnCreate()).isTrue();

    List<SaveResult> created =
        salesforce.createAll(
            "Contact",
            List.of(
                Map.of("LastName", "Invented O'Hara"),
                Map.of("FirstName", "Without a last name"),
                Map.of("LastName", "Invented", "Email", "check@example.org")));
    try {
      assertThat(created.get(0)).isInstanceOf(Saved.class);
      assertThat(((Refused) created.get(1)).errors().get(0).code())
          .isEqualTo("REQUIRED_FIELD_MISSING");
      writeAndRead(salesforce, ((Saved) created.get(0)).id());
    } finally {
      salesforce.deleteAll(
          created.stream().filter(Saved.class::isInstance).map(r -> ((Saved) r).id()).toList());
    }
    assertThat(salesforce.serverTime()).isBetween(began, began.plus(Duration.ofMinutes(30)));
    assertThat(salesforce.usage().dailyMax()).isPresent();
  }

  private static void writeAndRead(Salesforce salesforce, String id) {
    assertThat(
            salesforce.updateAll(
                "Contact", List.of(new RecordUpdate(id, Map.of("Phone", "555-0100")))))
        .containsExactly(new Saved(id, false));
    String soql =
        Soql.select("Id", "Phone", "SystemModstamp")
            .from("Contact")
            .where(SoqlCondition.in("Id", List.of(id)))
            .where(SoqlCondition.eq("LastName", "Invented O'Hara"))
            .text();
    try (RecordCursor cursor = salesforce.query(soql)) {
      assertThat(cursor.totalSize()).isEqualTo(1);
      assertThat(cursor.next().text("Phone")).isPresent();
      assertThat(cursor.hasNext()).isFalse();
    }
    List<Optional<SalesforceRecord>> read =
        salesforce.retrieve("Contact", List.of(id), List.of("LastName"));
    assertThat(read.get(0).orElseThrow().text("LastName")).contains("Invented O'Hara");
  }
}
