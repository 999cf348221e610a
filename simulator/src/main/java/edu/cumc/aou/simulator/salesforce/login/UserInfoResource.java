package edu.cumc.aou.simulator.salesforce.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.OpenSession;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.Optional;

/**
 * {@code /services/oauth2/userinfo} and the identity URL that a login names: they tell the user of
 * a session. Neither counts against the daily limit.
 */
public final class UserInfoResource implements Resource {
  private static final String VERSION = "{version}";

  private final Org org;
  private final OpenSessions sessions;

  public UserInfoResource(Org org, OpenSessions sessions) {
    this.org = org;
    this.sessions = sessions;
  }

  @Override
  public void register(Router router) {
    router.open("GET", "/services/oauth2/userinfo", this::userInfo);
    router.open("POST", "/services/oauth2/userinfo", this::userInfo);
    router.open("GET", "/id/{org}/{user}", this::identity);
  }

  private Answer userInfo(Call call) {
    return session(call).map(this::userInfo).orElseGet(UserInfoResource::badToken);
  }

  private Answer userInfo(OpenSession session) {
    Row user = user(session);
    ObjectNode json =
        common(session)
            .put("sub", session.identityUrl(organizationId()))
            .put("preferred_username", text(user, "Username"))
            .put("nickname", text(user, "Alias"))
            .put("name", text(user, "Name"))
            .put("given_name", text(user, "FirstName"))
            .put("family_name", text(user, "LastName"))
            .put("zoneinfo", text(user, "TimeZoneSidKey"))
            .put("email_verified", true)
            .put("updated_at", Values.stamp(user.systemModstamp()));
    return Answer.ok(json);
  }

  private Answer identity(Call call) {
    Optional<OpenSession> session = session(call);
    if (session.isEmpty()) {
      return badToken();
    }
    boolean own =
        Ids.canonical(call.parameter("org")).equals(Optional.of(organizationId()))
            && Ids.canonical(call.parameter("user")).equals(Optional.of(session.get().userId()));
    return own
        ? Answer.ok(identity(session.get()))
        : Answer.text(403, "text/plain;charset=UTF-8", "Wrong_Org");
  }

  private ObjectNode identity(OpenSession session) {
    Row user = user(session);
    return common(session)
        .put("id", session.identityUrl(organizationId()))
        .put("asserted_user", true)
        .put("username", text(user, "Username"))
        .put("nick_name", text(user, "Alias"))
        .put("display_name", text(user, "Name"))
        .put("timezone", text(user, "TimeZoneSidKey"))
        .put("last_modified_date", Values.stamp(user.systemModstamp()));
  }

  private ObjectNode common(OpenSession session) {
    Row user = user(session);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("user_id", session.userId())
            .put("organization_id", organizationId())
            .put("email", text(user, "Email"))
            .put("active", true)
            .put("user_type", "STANDARD")
            .put("language", text(user, "LanguageLocaleKey"))
            .put("locale", text(user, "LocaleSidKey"))
            .put(
                "utcOffset",
                org.zone().getRules().getStandardOffset(org.now()).getTotalSeconds() * 1_000L)
            .put("is_app_installed", true);
    String instance = session.instanceUrl();
    json.putObject("urls")
        .put("partner", instance + "/services/Soap/u/" + VERSION + "/" + organizationId())
        .put("rest", instance + "/services/data/v" + VERSION + "/")
        .put("sobjects", instance + "/services/data/v" + VERSION + "/sobjects/")
        .put("query", instance + "/services/data/v" + VERSION + "/query/")
        .put("profile", instance + "/" + session.userId());
    return json;
  }

  /** Besides the header, these two accept the token as a parameter. */
  private Optional<OpenSession> session(Call call) {
    String shown = OpenSessions.token(call);
    return sessions.find(shown.isEmpty() ? call.queryParameter("oauth_token").orElse("") : shown);
  }

  private static Answer badToken() {
    return Answer.text(403, "text/plain;charset=UTF-8", "Bad_OAuth_Token");
  }

  private Row user(OpenSession session) {
    return org.call(
        () ->
            org.database()
                .row(session.userId())
                .orElseThrow(() -> new IllegalStateException("The seed lacks the user")));
  }

  private String organizationId() {
    return org.organizationId();
  }

  private static String text(Row row, String field) {
    Object value = row.get(field);
    return value == null ? "" : value.toString();
  }
}
