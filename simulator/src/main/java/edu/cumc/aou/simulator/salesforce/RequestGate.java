package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.fault.Faults;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.AnswerShaper;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.http.Exchange;
import edu.cumc.aou.simulator.salesforce.http.OpenSession;
import edu.cumc.aou.simulator.salesforce.http.RequestLog;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.http.Versions;
import edu.cumc.aou.simulator.salesforce.login.OpenSessions;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles every request: faults, session, limit, version, resource, log. As thread-safe as its
 * parts; resources of the data API run one at a time inside the org.
 */
final class RequestGate {
  private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);
  private static final int MAX_URL = 16_384;
  private static final int MAX_BODY = 50_000_000;
  private static final String DATA = "/services/data/";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-cache,must-revalidate,max-age=0,no-store,private",
          "Strict-Transport-Security", "max-age=63072000; includeSubDomains",
          "Vary", "Accept-Encoding",
          "X-Content-Type-Options", "nosniff",
          "X-Robots-Tag", "none");
  private static final String UPLOAD = "/batches";
  private static final Pattern ALLOW_SAVE =
      Pattern.compile("\\ballowSave\\s*=\\s*true\\b", Pattern.CASE_INSENSITIVE);

  private final Org org;
  private final Router router;
  private final OpenSessions sessions;
  private final DailyLimit usage;
  private final Faults faults;
  private final RequestLog log;
  private final SimulatorPages pages;
  private final AnswerShaper shaper;
  private final ServiceTimes times;

  RequestGate(
      Org org,
      Router router,
      OpenSessions sessions,
      DailyLimit usage,
      Faults faults,
      RequestLog log,
      SimulatorPages pages,
      AnswerShaper shaper,
      ServiceTimes times) {
    this.org = org;
    this.router = router;
    this.sessions = sessions;
    this.usage = usage;
    this.faults = faults;
    this.log = log;
    this.pages = pages;
    this.shaper = shaper;
    this.times = times;
  }

  Answer answer(Call received) {
    return pages.find(received).orElseGet(() -> answerAsSalesforce(received));
  }

  private Answer answerAsSalesforce(Call received) {
    // Some clients join an address that ends in a slash with a path that begins with one.
    long began = System.nanoTime();
    Call unstruck = overridden(received.withPath(received.path().replaceFirst("^/+", "/")));
    boolean[] counted = {false};
    long[] records = {0};
    Optional<Fault> fault = faults.strike(unstruck);
    Call call = unstruck.withMishap(fault.flatMap(Fault::mishap));
    Answer answer;
    try {
      answer = answer(call, fault, counted, records);
    } catch (ApiException e) {
      answer = Answer.error(e);
    } catch (RuntimeException e) {
      // The stack shows where; the message might quote a record.
      LOG.error("The simulator has a defect: {}", e.getClass().getName(), new Trace(e));
      answer =
          Answer.error(
              ApiException.of(
                  500,
                  "UNKNOWN_EXCEPTION",
                  "An unexpected error occurred. Please include this ErrorId if you contact"
                      + " support: 0000000000-00000 (0)"));
    }
    if (counted[0]) {
      answer = answer.withHeader("Sforce-Limit-Info", usage.header());
    }
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      answer = answer.withHeader(header.getKey(), header.getValue());
    }
    times.await(began, records[0]);
    Answer complete = answer;
    log.add(
        call.method(),
        template(call),
        answer.status(),
        fault.map(Fault::name),
        counted[0],
        () -> Exchange.of(call, complete));
    Answer shaped = shaper.shape(answer);
    if (call.header("X-PrettyPrint").filter("1"::equals).isPresent()) {
      shaped = shaped.pretty();
    }
    return delivered(isHead(call) ? shaped.withoutBody() : shaped, fault);
  }

  private static boolean isHead(Call call) {
    return call.method().equals("HEAD");
  }

  private Answer answer(Call call, Optional<Fault> fault, boolean[] counted, long[] records) {
    if (fault.isPresent()) {
      Optional<Answer> instead = fault.get().answer();
      if (instead.isPresent()) {
        return instead.get();
      } else if (fault.get().kind() == Fault.Kind.RESET_BEFORE) {
        return Answer.empty(503);
      } else if (fault.get().kind() == Fault.Kind.EXPIRED_SESSION) {
        sessions.expire(call);
      }
    }
    if (call.path().length() + call.query().length() + 1 > MAX_URL) {
      return Answer.html(414, "URI Too Long");
    }
    if (call.body().length() > MAX_BODY && !call.path().endsWith(UPLOAD)) {
      return Answer.html(413, "Request Entity Too Large");
    }
    if (!isData(call) && !isHead(call)) {
      return handle(call);
    }
    OpenSession session =
        sessions
            .find(call)
            .orElseThrow(
                () -> ApiException.of(401, "INVALID_SESSION_ID", "Session expired or invalid"));
    if (!isData(call)) {
      return handle(call);
    }
    usage.count();
    counted[0] = true;
    checkVersion(call);
    boolean allowSave =
        call.header("Sforce-Duplicate-Rule-Header")
            .map(value -> ALLOW_SAVE.matcher(value).find())
            .orElse(false);
    return org.call(
        () -> {
          long before = org.writer().tried();
          try {
            return org.duplicates().allowing(allowSave, () -> handle(call.withSession(session)));
          } finally {
            records[0] = org.writer().tried() - before;
          }
        });
  }

  private Answer handle(Call call) {
    return router.find(isHead(call) ? call.withMethod("GET") : call).answer();
  }

  /** Everything below a version is the data API, whether or not the resource exists. */
  private static boolean isData(Call call) {
    return call.path().toLowerCase(Locale.ROOT).startsWith(DATA)
        && call.path().length() > DATA.length();
  }

  private static void checkVersion(Call call) {
    String rest = call.path().substring(DATA.length());
    int slash = rest.indexOf('/');
    Versions.check(slash < 0 ? rest : rest.substring(0, slash));
  }

  /** For stacks that cannot send PATCH. */
  private static Call overridden(Call call) {
    Optional<String> method = call.method().equals("POST") ? override(call) : Optional.empty();
    return method.map(call::withMethod).orElse(call);
  }

  private static Optional<String> override(Call call) {
    try {
      return call.queryParameter("_HttpMethod");
    } catch (ApiException e) {
      // the resource reports it when it reads the query
      return Optional.empty();
    }
  }

  private String template(Call call) {
    try {
      return router.template(call.path());
    } catch (ApiException e) {
      return Router.UNKNOWN;
    }
  }

  private static Answer delivered(Answer answer, Optional<Fault> fault) {
    if (fault.isEmpty()) {
      return answer;
    }
    return answer.withDelivery(
        switch (fault.get().kind()) {
          case RESET_BEFORE, RESET_AFTER -> Answer.Delivery.RESET;
          case TRUNCATED -> Answer.Delivery.TRUNCATED;
          case STALLED -> Answer.Delivery.STALLED;
          case ANSWER, EXPIRED_SESSION, INSIDE -> Answer.Delivery.WHOLE;
        });
  }

  /** Shows where a defect is, without its message. */
  private static final class Trace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Trace(RuntimeException defect) {
      super("message withheld");
      setStackTrace(defect.getStackTrace());
    }
  }
}
