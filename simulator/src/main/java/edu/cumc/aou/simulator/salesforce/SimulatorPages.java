package edu.cumc.aou.simulator.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.fault.Faults;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.http.Exchange;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.http.RequestLog;
import edu.cumc.aou.simulator.salesforce.login.OpenSessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code /simulator}: what the simulator tells about itself, outside Salesforce's paths. These
 * requests need no session, meet no fault, and are neither logged nor counted.
 */
final class SimulatorPages {
  private static final String ROOT = "/simulator";
  private static final String TEXT = "text/plain;charset=UTF-8";
  private static final Set<String> QUESTIONS = Set.of("method", "path", "status");
  private static final int SHOWN = 100;

  private final RequestLog log;
  private final Controls controls;
  private final Faults faults;
  private final OpenSessions sessions;
  private final DailyLimit usage;

  SimulatorPages(
      RequestLog log, Controls controls, Faults faults, OpenSessions sessions, DailyLimit usage) {
    this.log = log;
    this.controls = controls;
    this.faults = faults;
    this.sessions = sessions;
    this.usage = usage;
  }

  /** The requested page; empty if the call is meant for Salesforce. */
  Optional<Answer> find(Call call) {
    if (!call.path().equals(ROOT) && !call.path().startsWith(ROOT + "/")) {
      return Optional.empty();
    }
    String page = call.path().substring(ROOT.length());
    if (!call.method().equals("GET")) {
      return Optional.of(controls.change(call, page));
    }
    return Optional.of(
        switch (page) {
          case "", "/" -> page();
          case "/requests" -> requests(call);
          case "/counters" -> Answer.ok(counters());
          case "/faults" -> Answer.ok(addFaults(JsonNodeFactory.instance.objectNode()));
          case "/picklists" -> Answer.ok(controls.picklists());
          default ->
              Answer.text(
                  404,
                  TEXT,
                  "The simulator has /simulator, /simulator/requests, /simulator/counters,"
                      + " /simulator/faults and /simulator/picklists.");
        });
  }

  /** The last requests; if the query says so, only those of a method, a path or a status. */
  private Answer requests(Call call) {
    boolean isNumber = call.queryParameter("status").map(s -> s.matches("\\d{1,3}")).orElse(true);
    if (!isNumber || !QUESTIONS.containsAll(call.queryParameters())) {
      return Answer.text(
          400, TEXT, "Requests are asked for by method=, path= (a part of it) and status=NNN.");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("requests");
    for (LoggedRequest request : log.requests()) {
      if (!isAsked(call, "method", request.method())
          || !isAsked(call, "path", request.path() + " " + url(request))
          || !isAsked(call, "status", String.valueOf(request.status()))) {
        continue;
      }
      ObjectNode one =
          array
              .addObject()
              .put("number", request.number())
              .put("at", request.at().toString())
              .put("method", request.method())
              .put("path", request.path())
              .put("status", request.status());
      request.fault().ifPresent(fault -> one.put("fault", fault));
      request.exchange().ifPresent(exchange -> add(one, exchange));
    }
    return Answer.ok(json);
  }

  /** The real address, if it is kept. */
  private static String url(LoggedRequest request) {
    return request.exchange().map(Exchange::url).orElse("");
  }

  private static void add(ObjectNode one, Exchange exchange) {
    one.put("url", exchange.url());
    ObjectNode headers = one.putObject("headers");
    new TreeMap<>(exchange.headers()).forEach(headers::put);
    one.put("body", exchange.body()).put("answer", exchange.answer());
  }

  private static boolean isAsked(Call call, String parameter, String value) {
    return call.queryParameter(parameter)
        .map(wanted -> value.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
        .orElse(true);
  }

  private ObjectNode counters() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("apiCalls", log.apiCalls())
        .put("apiCallsOfTheDay", usage.used())
        .put("dailyLimit", usage.limit())
        .put("logins", sessions.logins());
    ObjectNode kinds = json.putObject("requests");
    log.counts().forEach(kinds::put);
    ObjectNode statuses = json.putObject("statuses");
    log.statuses().forEach((status, count) -> statuses.put(String.valueOf(status), count));
    return addFaults(json);
  }

  private ObjectNode addFaults(ObjectNode json) {
    ArrayNode rules = json.putArray("faults");
    for (Faults.Tally tally : faults.tallies()) {
      rules
          .addObject()
          .put("fault", tally.rule())
          .put("matched", tally.matched())
          .put("struck", tally.struck());
    }
    return json;
  }

  private Answer page() {
    StringBuilder html =
        new StringBuilder(
            "<!doctype html><html lang=\"en\"><head><title>Salesforce simulator</title>"
                + "<style>body{font-family:sans-serif}td,th{text-align:left;padding:0 1em 0 0}"
                + "</style></head><body><h1>Salesforce simulator</h1><p>");
    html.append(log.apiCalls())
        .append(" API calls, ")
        .append(sessions.logins())
        .append(" logins. As JSON: <a href=\"/simulator/counters\">counters</a>,")
        .append(" <a href=\"/simulator/requests\">requests</a>.</p><h2>By kind</h2><table>");
    log.counts().forEach((kind, count) -> row(html, String.valueOf(count), kind));
    html.append("</table>");
    List<Faults.Tally> tallies = faults.tallies();
    if (!tallies.isEmpty()) {
      html.append("<h2>Faults</h2><table>");
      row(html, "struck", "of", "fault");
      tallies.forEach(
          tally ->
              row(
                  html,
                  String.valueOf(tally.struck()),
                  String.valueOf(tally.matched()),
                  tally.rule()));
      html.append("</table>");
    }
    html.append("<h2>Last requests</h2><table>");
    List<LoggedRequest> all = log.requests();
    for (LoggedRequest request : all.subList(Math.max(0, all.size() - SHOWN), all.size())) {
      row(
          html,
          String.valueOf(request.number()),
          request.at().toString(),
          request.method(),
          request.path(),
          String.valueOf(request.status()),
          request.fault().orElse(""));
    }
    return Answer.text(
        200, "text/html;charset=UTF-8", html.append("</table></body></html>").toString());
  }

  private static void row(StringBuilder html, String... cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append("<td>").append(escaped(cell)).append("</td>");
    }
    html.append("</tr>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
