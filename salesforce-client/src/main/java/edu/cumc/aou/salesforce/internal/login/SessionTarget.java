package edu.cumc.aou.salesforce.internal.login;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;

/**
 * Sends a request to the instance of the current session, which a new login may change, and nowhere
 * else; with or without that session's token.
 */
public final class SessionTarget<T> implements Target<T> {

  private final Class<T> type;
  private final Sessions sessions;
  private final boolean authorized;

  private SessionTarget(Class<T> type, Sessions sessions, boolean authorized) {
    this.type = type;
    this.sessions = sessions;
    this.authorized = authorized;
  }

  public static <T> SessionTarget<T> withToken(Class<T> type, Sessions sessions) {
    return new SessionTarget<>(type, sessions, true);
  }

  public static <T> SessionTarget<T> withoutToken(Class<T> type, Sessions sessions) {
    return new SessionTarget<>(type, sessions, false);
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public String name() {
    return type.getSimpleName();
  }

  @Override
  public String url() {
    return sessions.current().instance().toString();
  }

  @Override
  public Request apply(RequestTemplate template) {
    Session session = sessions.current();
    template.target(session.instance().toString());
    if (authorized) {
      // A repeat uses the same template, and a new header would be added to the old one.
      template.removeHeader("Authorization");
      template.header("Authorization", "Bearer " + session.token().reveal());
    }
    return template.request();
  }
}
