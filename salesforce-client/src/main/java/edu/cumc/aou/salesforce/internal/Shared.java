package edu.cumc.aou.salesforce.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.internal.login.LoginApi;
import edu.cumc.aou.salesforce.internal.login.LoginFlows;
import edu.cumc.aou.salesforce.internal.login.Sessions;
import edu.cumc.aou.salesforce.internal.repeat.Gateway;
import edu.cumc.aou.salesforce.internal.repeat.Listeners;
import edu.cumc.aou.salesforce.internal.repeat.WireClient;
import edu.cumc.aou.salesforce.internal.wire.HttpTransport;
import edu.cumc.aou.salesforce.internal.wire.OnFirstUse;
import edu.cumc.aou.salesforce.internal.wire.Usage;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** What a client shares with those made by {@link Salesforce#with}. */
record Shared(
    SalesforceSettings settings,
    HttpTransport transport,
    Supplier<ObjectMapper> mapper,
    Usage usage,
    Gateway gateway,
    Supplier<LoginApi> login,
    Sessions sessions,
    Clock clock) {

  static Shared of(
      SalesforceSettings settings,
      Surroundings surroundings,
      HttpTransport transport,
      Supplier<ObjectMapper> mapper) {
    Clock clock = surroundings.clock();
    Usage usage = new Usage(clock);
    Gateway gateway =
        new Gateway(
            settings.retry(),
            settings.quotaReserve(),
            usage,
            surroundings,
            new Listeners(settings.listener(), clock));
    Apis apis = apis(settings, transport, mapper, usage, clock, Map.of());
    Supplier<LoginApi> login = new OnFirstUse<>(apis::login);
    Sessions sessions =
        new Sessions(
            LoginFlows.of(settings, gateway, login, clock),
            () -> LoginFlows.renewSecrets(settings.auth()));
    return new Shared(settings, transport, mapper, usage, gateway, login, sessions, clock);
  }

  Apis apis(Map<String, String> headers) {
    return apis(settings, transport, mapper, usage, clock, headers);
  }

  private static Apis apis(
      SalesforceSettings settings,
      HttpTransport transport,
      Supplier<ObjectMapper> mapper,
      Usage usage,
      Clock clock,
      Map<String, String> headers) {
    return new Apis(
        settings,
        new WireClient(transport.client(), usage),
        transport.options(),
        mapper,
        usage,
        clock,
        headers);
  }
}
