package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of fault with a name, for the command line and files. Immutable.
 *
 * @see DeclaredFault
 */
public final class NamedFault {
  private static final int ROWS = 150_000_000;
  private static final List<NamedFault> ALL =
      List.of(
          request(
              "unavailable",
              "answers 503 SERVER_UNAVAILABLE with Retry-After, and does nothing",
              Map.of("retry-after", "5s"),
              a -> Fault.unavailable(a.duration("retry-after"))),
          request(
              "error",
              "answers this error of the data API, and does nothing",
              ordered("status", "400", "code", "UNKNOWN_EXCEPTION", "message", "Asked for"),
              a -> Fault.error(a.integer("status", 400, 599), a.text("code"), a.text("message"))),
          request(
              "html",
              "answers an HTML page, as proxies do, and does nothing",
              Map.of("status", "200"),
              a -> Fault.html(a.integer("status", 200, 599))),
          request(
              "empty",
              "answers without a body, and does nothing",
              Map.of("status", "200"),
              a -> Fault.answer(a.integer("status", 200, 599), Map.of(), "")),
          request(
              "redirect",
              "sends the caller to another address, and does nothing",
              ordered("status", "302", "location", "https://example.org/"),
              a ->
                  Fault.answer(
                      a.integer("status", 300, 399), Map.of("Location", a.text("location")), "")),
          request(
              "request-limit",
              "answers 403 REQUEST_LIMIT_EXCEEDED, as when the day's API calls are used up",
              Map.of(),
              a -> Fault.requestLimitExceeded()),
          request(
              "concurrent-limit",
              "answers 403 REQUEST_LIMIT_EXCEEDED, as when too many calls run at once",
              Map.of(),
              a ->
                  Fault.error(
                      403,
                      "REQUEST_LIMIT_EXCEEDED",
                      "ConcurrentRequests (Concurrent API Requests) Limit exceeded.")),
          request(
              "locked-row",
              "answers 400 UNABLE_TO_LOCK_ROW, as when another user writes the same parent",
              Map.of(),
              a ->
                  Fault.error(
                      400,
                      "UNABLE_TO_LOCK_ROW",
                      "unable to obtain exclusive access to this record")),
          request(
              "expired-session",
              "ends the caller's session before the request is looked at",
              Map.of(),
              a -> Fault.expiredSession()),
          request(
              "reset-before",
              "resets the connection, and does nothing",
              Map.of(),
              a -> Fault.resetBeforeApply()),
          request(
              "reset-after",
              "does what is asked, then resets the connection: the answer is lost",
              Map.of(),
              a -> Fault.resetAfterApply()),
          request(
              "truncated",
              "does what is asked, then ends the connection in the middle of the answer",
              Map.of(),
              a -> Fault.truncatedBody()),
          request(
              "stalled",
              "does what is asked, then stops in the middle of the answer and keeps the connection",
              Map.of(),
              a -> Fault.stalledBody()),
          request(
              "job-failed",
              "lets the bulk job that the request creates or names fail after so many rows",
              ordered("after", "0", "message", "InternalServerError : Asked for"),
              a -> Fault.rowsUnprocessed(a.integer("after", 0, ROWS), a.text("message"))),
          request(
              "job-stuck",
              "keeps the bulk job that the request creates or names in progress after so many rows",
              Map.of("after", "0"),
              a -> Fault.jobStuck(a.integer("after", 0, ROWS))),
          request(
              "results-cut",
              "leaves half of the rows out of a page of a bulk job's results",
              Map.of(),
              a -> Fault.resultsCut()),
          records(
              "refuse",
              "refuses chosen records, alone and among others",
              ordered(
                  "object",
                  "Contact",
                  "field",
                  "",
                  "value",
                  "*",
                  "times",
                  "1000000",
                  "code",
                  "FIELD_CUSTOM_VALIDATION_EXCEPTION",
                  "message",
                  "Asked for",
                  "blames",
                  ""),
              (text, a) ->
                  RecordFault.refusing(text, chosen(a), times(a), error(400, a.text("code"), a))),
          records(
              "fail-call",
              "answers 500 UNKNOWN_EXCEPTION to every call that writes a chosen record",
              ordered(
                  "object",
                  "Contact",
                  "field",
                  "",
                  "value",
                  "*",
                  "times",
                  "1000000",
                  "message",
                  "An unexpected error occurred",
                  "blames",
                  ""),
              (text, a) ->
                  RecordFault.refusing(
                      text, chosen(a), times(a), error(500, "UNKNOWN_EXCEPTION", a))),
          records(
              "rewrite",
              "stores something else in a field of chosen records than what was sent",
              ordered(
                  "object", "Contact", "field", "", "value", "*", "times", "1000000", "set",
                  "Phone", "to", "digits"),
              (text, a) ->
                  RecordFault.rewriting(text, chosen(a), times(a), a.text("set"), a.text("to"))),
          journeys(
              "journeys-late",
              "lets this share of the journeys come so much later",
              ordered("share", "1", "by", "1h", "seed", "0"),
              (faults, a) -> faults.withLate(a.share("share"), a.duration("by"), a.seed("seed"))),
          journeys(
              "journeys-missing",
              "lets this share of the Contacts never get a journey",
              ordered("share", "1", "seed", "0"),
              (faults, a) -> faults.withMissing(a.share("share"), a.seed("seed"))),
          journeys(
              "journeys-doubled",
              "gives this share of the Contacts two journeys",
              ordered("share", "1", "seed", "0"),
              (faults, a) -> faults.withDoubled(a.share("share"), a.seed("seed"))));

  private final String name;
  private final String description;
  private final Map<String, String> settings;
  private final Optional<Function<FaultArguments, Fault>> request;
  private final Optional<BiFunction<String, FaultArguments, RecordFault>> records;
  private final Optional<BiFunction<JourneyFaults, FaultArguments, JourneyFaults>> journeys;

  private NamedFault(
      String name,
      String description,
      Map<String, String> settings,
      Optional<Function<FaultArguments, Fault>> request,
      Optional<BiFunction<String, FaultArguments, RecordFault>> records,
      Optional<BiFunction<JourneyFaults, FaultArguments, JourneyFaults>> journeys) {
    this.name = name;
    this.description = description;
    this.settings = settings;
    this.request = request;
    this.records = records;
    this.journeys = journeys;
  }

  private static NamedFault request(
      String name,
      String description,
      Map<String, String> settings,
      Function<FaultArguments, Fault> make) {
    return new NamedFault(
        name, description, settings, Optional.of(make), Optional.empty(), Optional.empty());
  }

  private static NamedFault records(
      String name,
      String description,
      Map<String, String> settings,
      BiFunction<String, FaultArguments, RecordFault> make) {
    return new NamedFault(
        name, description, settings, Optional.empty(), Optional.of(make), Optional.empty());
  }

  private static RecordFault.Chosen chosen(FaultArguments a) {
    return new RecordFault.Chosen(a.text("object"), a.optional("field"), a.text("value"));
  }

  private static int times(FaultArguments a) {
    return a.integer("times", 1, Integer.MAX_VALUE);
  }

  private static ApiException error(int status, String code, FaultArguments a) {
    String blames = a.optional("blames");
    return ApiException.ofRecord(
        status,
        code,
        a.text("message"),
        blames.isEmpty() ? new String[0] : blames.split("\\s*,\\s*", -1));
  }

  private static NamedFault journeys(
      String name,
      String description,
      Map<String, String> settings,
      BiFunction<JourneyFaults, FaultArguments, JourneyFaults> add) {
    return new NamedFault(
        name, description, settings, Optional.empty(), Optional.empty(), Optional.of(add));
  }

  private static Map<String, String> ordered(String... namesAndDefaults) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (int i = 0; i < namesAndDefaults.length; i += 2) {
      ordered.put(namesAndDefaults[i], namesAndDefaults[i + 1]);
    }
    return ordered;
  }

  /**
   * All kinds.
   *
   * @return the kinds; first those that requests meet
   */
  public static List<NamedFault> all() {
    return ALL;
  }

  /**
   * Its name.
   *
   * @return the name, such as {@code reset-after}
   */
  public String name() {
    return name;
  }

  /**
   * What it does.
   *
   * @return the rest of a sentence that begins with the name
   */
  public String description() {
    return description;
  }

  /**
   * Its own settings, besides those that choose requests.
   *
   * @return the default by the setting's name, in the best order for readers
   */
  public Map<String, String> settings() {
    return Collections.unmodifiableMap(settings);
  }

  /**
   * Whether it meets requests, and so can be bound to a method, a path and an occurrence.
   *
   * @return false for faults of the org's automation
   */
  public boolean meetsRequests() {
    return request.isPresent();
  }

  Optional<Fault> fault(FaultArguments arguments) {
    return request.map(make -> make.apply(arguments).named(name));
  }

  Optional<RecordFault> recordFault(String text, FaultArguments arguments) {
    return records.map(make -> make.apply(text, arguments));
  }

  boolean isOfJourneys() {
    return journeys.isPresent();
  }

  JourneyFaults addTo(JourneyFaults faults, FaultArguments arguments) {
    return journeys.map(add -> add.apply(faults, arguments)).orElse(faults);
  }

  @Override
  public String toString() {
    return name;
  }
}
