package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;

/** The records that every simulated org starts with. */
public final class OrgSeed {
  public static final String INTEGRATION_USER = Ids.of("005", 1);
  public static final String STAFF_USER = Ids.of("005", 2);
  private static final String PROFILE = Ids.of("00e", 1);
  public static final String ACCOUNT = Ids.of("001", 1);
  public static final String DEFAULT_ORGANIZATION = Ids.of("00D", 1);
  public static final String USERNAME = "integration@simulated-org.example.org";

  /** Before any run, whatever the simulator's clock says. */
  private static final String SET_UP = "2019-01-01T00:00:00.000+0000";

  private OrgSeed() {}

  /** The seed as lines of the journal. */
  static List<ObjectNode> lines(String organizationId, boolean sandbox, ZoneId userTimeZone) {
    return List.of(
        line(
            Schema.ORGANIZATION,
            organizationId,
            json()
                .put("Name", "Simulated Org")
                .put("IsSandbox", sandbox)
                .put("InstanceName", "SIM1")
                .put("OrganizationType", "Developer Edition")
                .put("LanguageLocaleKey", "en_US")
                .put("TimeZoneSidKey", "GMT")
                .put("DefaultLocaleSidKey", "en_US")
                .put("FiscalYearStartMonth", 1)
                .put("IsReadOnly", false)),
        line(
            Schema.PROFILE, PROFILE, json().put("Name", "Integration").put("UserType", "Standard")),
        user(INTEGRATION_USER, USERNAME, "Sync", "Integration", "sync", userTimeZone),
        user(
            STAFF_USER,
            "staff@simulated-org.example.org",
            "Sam",
            "Staff",
            "staff",
            ZoneId.of("GMT")),
        line(
            Schema.ACCOUNT,
            ACCOUNT,
            json()
                .put("Name", "All of Us Participants")
                .put("IsDeleted", false)
                .put("OwnerId", STAFF_USER)));
  }

  private static ObjectNode user(
      String id, String username, String first, String last, String alias, ZoneId timeZone) {
    return line(
        Schema.USER,
        id,
        json()
            .put("Username", username)
            .put("FirstName", first)
            .put("LastName", last)
            .put("Name", first + " " + last)
            .put("Email", username)
            .put("Alias", alias)
            .put("CommunityNickname", alias)
            .put("EmailEncodingKey", "UTF-8")
            .put("ProfileId", PROFILE)
            .put("IsActive", true)
            .put("UserType", "Standard")
            .put("TimeZoneSidKey", timeZone.getId())
            .put("LanguageLocaleKey", "en_US")
            .put("LocaleSidKey", "en_US"));
  }

  static ObjectNode line(String object, String id, ObjectNode fields) {
    fields
        .put("Id", id)
        .put("CreatedDate", SET_UP)
        .put("CreatedById", STAFF_USER)
        .put("LastModifiedDate", SET_UP)
        .put("LastModifiedById", STAFF_USER)
        .put("SystemModstamp", SET_UP);
    return Org.rowLine(object, fields);
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
