package edu.cumc.aou.salesforce.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.login.LoginApi;
import edu.cumc.aou.salesforce.internal.login.LoginDecoder;
import edu.cumc.aou.salesforce.internal.login.LoginFailures;
import edu.cumc.aou.salesforce.internal.login.SessionTarget;
import edu.cumc.aou.salesforce.internal.login.Sessions;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.StrictDecoder;
import edu.cumc.aou.salesforce.internal.rest.RawCalls;
import edu.cumc.aou.salesforce.internal.rest.RecycleBin;
import edu.cumc.aou.salesforce.internal.wire.BodyEncoder;
import edu.cumc.aou.salesforce.internal.wire.OnFirstUse;
import edu.cumc.aou.salesforce.internal.wire.Usage;
import feign.Client;
import feign.Feign;
import feign.Logger;
import feign.Request;
import feign.RequestInterceptor;
import feign.Retryer;
import feign.Target;
import feign.codec.Decoder;
import feign.codec.Encoder;
import feign.codec.ErrorDecoder;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Builds the Feign clients, all with the same rules. */
final class Apis {

  private final SalesforceSettings settings;
  private final Client client;
  private final Request.Options options;
  private final Supplier<ObjectMapper> mapper;
  private final Usage usage;
  private final Clock clock;
  private final Map<String, String> callHeaders;
  private final Supplier<Encoder> encoder;
  private final Supplier<Decoder> decoder;

  Apis(
      SalesforceSettings settings,
      Client client,
      Request.Options options,
      Supplier<ObjectMapper> mapper,
      Usage usage,
      Clock clock,
      Map<String, String> callHeaders) {
    this.callHeaders = callHeaders;
    this.settings = settings;
    this.client = client;
    this.options = options;
    this.mapper = mapper;
    this.usage = usage;
    this.clock = clock;
    encoder = new OnFirstUse<>(() -> new BodyEncoder(mapper.get(), settings.compressFrom()));
    decoder = new OnFirstUse<>(() -> new StrictDecoder(mapper.get()));
  }

  /** A client that sends the session's token. */
  <T> T withSession(Class<T> type, Sessions sessions) {
    return builder(json(), failures())
        .requestInterceptor(callOptions())
        .target(SessionTarget.withToken(type, sessions));
  }

  /** A client for calls without a session. */
  <T> T withoutSession(Class<T> type, Sessions sessions) {
    return builder(json(), failures()).target(SessionTarget.withoutToken(type, sessions));
  }

  /** A client of the login host. */
  LoginApi login() {
    return builder(new LoginDecoder(json()), new LoginFailures(mapper, clock))
        .target(new Target.HardCodedTarget<>(LoginApi.class, settings.loginUrl().toString()));
  }

  /** Reads the answers of calls that do not go through Feign. */
  FailureDecoder failures() {
    return new FailureDecoder(mapper, usage, clock);
  }

  /** The mapper may not be there yet when a client is built. */
  private Decoder json() {
    return (response, type) -> decoder.get().decode(response, type);
  }

  private Feign.Builder builder(Decoder decoder, ErrorDecoder errors) {
    return Feign.builder()
        .client(client)
        .options(options)
        .encoder((body, type, request) -> encoder.get().encode(body, type, request))
        .decoder(decoder)
        // An empty 200 or a web page must not count as a successful update.
        .decodeVoid()
        .errorDecoder(errors)
        // The gateway repeats calls, because only it knows what may be sent twice.
        .retryer(Retryer.NEVER_RETRY)
        // Feign would print tokens and values
        .logLevel(Logger.Level.NONE);
  }

  private RequestInterceptor callOptions() {
    Map<String, String> headers = everyCall();
    return template ->
        headers.forEach(
            (name, value) -> {
              template.removeHeader(name);
              template.header(name, value);
            });
  }

  /** For requests that a caller wrote. */
  RawCalls raw(Calls calls) {
    return new RawCalls(calls, client, options, mapper, failures(), everyCall());
  }

  /** For taking records out of the recycle bin. */
  RecycleBin bin(Calls calls) {
    return new RecycleBin(calls, client, options, mapper, failures(), settings.clientName());
  }

  /** The headers of every call with a session; the caller's come last. */
  private Map<String, String> everyCall() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Sforce-Call-Options", "client=" + settings.clientName());
    headers.put("Sforce-Mru", "updateMru=false");
    // Without the header the org's assignment rules run.
    headers.put("Sforce-Auto-Assign", settings.autoAssign() ? "TRUE" : "FALSE");
    if (settings.allowDuplicates()) {
      headers.put("Sforce-Duplicate-Rule-Header", "allowSave=true");
    }
    headers.putAll(callHeaders);
    return headers;
  }
}
