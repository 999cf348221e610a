package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.WriteCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules by which requests go wrong. Every rule counts the requests that its method and path
 * match, from 1. Of the rules with a fitting count the oldest strikes, and the request meets no
 * other. Thread-safe.
 *
 * <pre>{@code simulator.faults().on("PATCH", ".+/composite/sobjects/Contact.*",
 * 2, Fault.resetAfterApply()); simulator.faults().on("GET", ".+/query", n -> n <= 3,
 * Fault.unavailable(Duration.ofSeconds(5))); }</pre>
 */
public final class Faults implements WriteCheck {
  private final List<Rule> rules = new ArrayList<>();
  private final List<RecordFault> records = new ArrayList<>();

  /**
   * How often a rule has matched and struck. Immutable.
   *
   * @param rule the rule, as it was stated
   * @param matched how many requests it has matched
   * @param struck how many of them met its fault
   */
  public record Tally(String rule, int matched, int struck) {}

  private static final class Rule {
    private final String text;
    private final String method;
    private final Pattern path;
    private final IntPredicate occurrence;
    private final Fault fault;
    private int seen;
    private int struck;

    Rule(String text, String method, Pattern path, IntPredicate occurrence, Fault fault) {
      this.text = text;
      this.method = method;
      this.path = path;
      this.occurrence = occurrence;
      this.fault = fault;
    }

    boolean strikes(Call call) {
      if (!method.equals("*") && !method.equals(call.method())) {
        return false;
      }
      if (!path.matcher(call.path()).matches()) {
        return false;
      }
      seen++;
      return occurrence.test(seen);
    }
  }

  public Faults() {}

  /**
   * Lets one request go wrong.
   *
   * @param method the HTTP method, or {@code *}
   * @param path a regular expression for the whole path, still encoded and without the query
   * @param nth which of the matching requests, from 1
   * @param fault what happens to it
   */
  public void on(String method, String path, int nth, Fault fault) {
    if (nth < 1) {
      throw new IllegalArgumentException("nth counts from 1");
    }
    on(method, path, n -> n == nth, fault);
  }

  /**
   * Lets some requests go wrong.
   *
   * @param method the HTTP method, or {@code *}
   * @param path a regular expression for the whole path, still encoded and without the query
   * @param occurrence which of the matching requests, counted from 1
   * @param fault what happens to them
   */
  public synchronized void on(String method, String path, IntPredicate occurrence, Fault fault) {
    Objects.requireNonNull(method, "method is null");
    Objects.requireNonNull(occurrence, "occurrence is null");
    Objects.requireNonNull(fault, "fault is null");
    add(
        fault.name() + " on " + method + " " + path,
        method,
        Pattern.compile(path),
        occurrence,
        fault);
  }

  synchronized void add(
      String text, String method, Pattern path, IntPredicate occurrence, Fault fault) {
    rules.add(new Rule(text, method, path, occurrence, fault));
  }

  /**
   * How often each rule has matched and struck.
   *
   * @return a tally for each rule, in the order of their making
   */
  public synchronized List<Tally> tallies() {
    return Stream.concat(
            rules.stream().map(rule -> new Tally(rule.text, rule.seen, rule.struck)),
            records.stream().map(RecordFault::tally))
        .toList();
  }

  /**
   * Makes the next writes of a record by the API fail, alone and among others; records beside it
   * are not affected.
   *
   * @param object the object, such as {@code Contact}
   * @param field the field that identifies the record, such as {@code HP_PMI_ID__c}
   * @param value its present or future value there; case makes no difference
   * @param times how many writes fail
   * @param errorCode the code, such as {@code UNABLE_TO_LOCK_ROW}
   * @param message its text
   */
  public synchronized void onRow(
      String object, String field, String value, int times, String errorCode, String message) {
    if (times < 1) {
      throw new IllegalArgumentException("times is less than 1");
    }
    add(
        RecordFault.refusing(
            "refuse",
            new RecordFault.Chosen(object, field, value),
            times,
            ApiException.ofRecord(400, errorCode, message)));
  }

  synchronized void add(RecordFault fault) {
    records.add(fault);
  }

  /**
   * Adds a fault from now on.
   *
   * @param fault a fault of requests or of records
   * @throws SalesforceSimulatorException if it is a fault of journeys, which only the builder can
   *     set
   */
  public void add(DeclaredFault fault) {
    fault.addTo(this);
  }

  /** Refuses a write, or changes what it writes, if a fault says so. */
  @Override
  public synchronized void check(Draft draft, Optional<Row> present) {
    records.forEach(fault -> fault.strike(draft, present));
  }

  /** Removes all faults. */
  public synchronized void clear() {
    records.clear();
    rules.clear();
  }

  public synchronized Optional<Fault> strike(Call call) {
    Optional<Fault> first = Optional.empty();
    for (Rule rule : rules) {
      // Rules after the first still count.
      if (rule.strikes(call) && first.isEmpty()) {
        rule.struck++;
        first = Optional.of(rule.fault);
      }
    }
    return first;
  }
}
