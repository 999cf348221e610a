package edu.cumc.aou.simulator.salesforce.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.OpenSession;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /services/oauth2/revoke} and {@code introspect}: the end and the state of a token. */
public final class RevokeResource implements Resource {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final CredentialCheck logins;
  private final OpenSessions sessions;

  public RevokeResource(CredentialCheck logins, OpenSessions sessions) {
    this.logins = logins;
    this.sessions = sessions;
  }

  @Override
  public void register(Router router) {
    router.open("POST", "/services/oauth2/revoke", call -> revoke(call.form().get("token")));
    router.open(
        "GET",
        "/services/oauth2/revoke",
        call -> revoke(call.queryParameter("token").orElse(null)));
    router.open("POST", "/services/oauth2/introspect", this::introspect);
  }

  /** Its errors are forms, unlike those of every other resource. */
  private Answer revoke(@Nullable String token) {
    if (token == null || token.isBlank()) {
      return Answer.text(
          400, FORM, "error=invalid_request&error_description=missing+required+parameter%3A+token");
    }
    return sessions.revoke(token)
        ? Answer.empty(200)
        : Answer.text(
            400,
            FORM,
            "error=unsupported_token_type&error_description=this+token+type+is+not+supported");
  }

  private Answer introspect(Call call) {
    Map<String, String> form = call.form();
    Optional<Answer> refused = TokenResource.refuseClient(logins.credentials(), call, form);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<OpenSession> session = sessions.find(form.getOrDefault("token", ""));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("active", session.isPresent());
    session.ifPresent(
        found ->
            json.put("scope", "api")
                .put("client_id", logins.credentials().clientId())
                .put("username", logins.credentials().username())
                .put("sub", found.identityUrl(logins.credentials().organizationId()))
                .put("token_type", "access_token")
                .put("exp", sessions.end(found).getEpochSecond()));
    return Answer.ok(json);
  }
}
