package edu.cumc.aou.salesforce.internal;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;

/**
 * Sends a request to the instance of the current session, which a new login may change, with that
 * session's token and to no other place.
 */
final class SessionTarget<T> implements Target<T> {

  private final Class<T> type;
  private final Sessions sessions;

  SessionTarget(Class<T> type, Sessions sessions) {
    this.type = type;
    this.sessions = sessions;
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
    template.removeHeader("Authorization");
    template.header("Authorization", "Bearer " + session.token().reveal());
    return template.request();
  }
}
