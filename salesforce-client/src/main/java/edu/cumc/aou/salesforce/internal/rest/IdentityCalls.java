package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.Organization;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.login.LoginIdentity;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Identifies the org and the user; asks once for each. Thread-safe. */
public final class IdentityCalls {

  private final Calls calls;
  private final Supplier<OrgApi> org;
  private final Queries queries;
  private volatile @Nullable Organization organization;
  private volatile @Nullable String userOfSession;

  public IdentityCalls(Calls calls, Supplier<OrgApi> org, Queries queries) {
    this.calls = calls;
    this.org = org;
    this.queries = queries;
  }

  public Organization organization() {
    Organization known = organization;
    if (known == null) {
      known = askedOrTold();
      organization = known;
    }
    return known;
  }

  /** A user without the permission to view the setup does not see Organization. */
  private Organization askedOrTold() {
    try (RecordCursor cursor =
        queries.rows(Soql.select("Id", "IsSandbox", "Name").from("Organization").limit(1).text())) {
      if (cursor.hasNext()) {
        SalesforceRecord row = cursor.next();
        return new Organization(
            row.id().orElseThrow(() -> WireValues.missing("the organization's id")),
            row.flag("IsSandbox"),
            row.text("Name").orElse(null));
      }
    } catch (SalesforceException e) {
      if (!e.errorCode().equals("INVALID_TYPE") && !e.errorCode().equals("INVALID_FIELD")) {
        throw e;
      }
    }
    LoginIdentity told = calls.sessions().current().identity();
    if (told.org().isEmpty()) {
      throw new SalesforceException(
          SalesforceException.Kind.CONFIGURATION,
          "the user may not read Organization, and the login does not tell which org it is; grant"
              + " the permission View Setup and Configuration");
    }
    return new Organization(told.org(), told.sandbox(), null);
  }

  public Optional<String> userId() {
    String user = calls.sessions().current().identity().user();
    if (user.isEmpty()) {
      // For a session that was handed over, the list of resources names its user.
      String known = userOfSession;
      if (known == null) {
        Map<String, JsonNode> parts =
            calls.read(CallKind.OTHER, "resources", () -> org.get().resources(calls.version()));
        JsonNode address = parts.get("identity");
        known = LoginIdentity.ofIdentity(address == null ? null : address.asText()).user();
        userOfSession = known;
      }
      user = known;
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(user);
  }
}
