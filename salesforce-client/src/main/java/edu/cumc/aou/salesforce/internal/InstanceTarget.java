package edu.cumc.aou.salesforce.internal;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;

/** Sends a request to the instance of the current session, without its token. */
final class InstanceTarget<T> implements Target<T> {

  private final Class<T> type;
  private final Sessions sessions;

  InstanceTarget(Class<T> type, Sessions sessions) {
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
    template.target(url());
    return template.request();
  }
}
