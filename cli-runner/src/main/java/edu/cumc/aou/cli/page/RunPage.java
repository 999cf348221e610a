package edu.cumc.aou.cli.page;

import java.util.List;

/**
 * What the page of a run shows, ready to be printed: all texts, numbers and bar lengths. No
 * personal data, unless {@code people} was requested.
 *
 * @param place site and environment, for readers who have several
 * @param org the name of the Salesforce org, where it is known, and its id
 * @param title the run and what it did
 * @param verdict how it ended: the name of a style of the page
 * @param sentence the result, numbers first, for people who know the study
 * @param summary whether all is well
 * @param warnings what the reader must know first
 * @param facts when, how long, which program, as name and value
 * @param next what to do now
 * @param guards what stopped the run, as setting and message
 * @param skipped why people are skipped
 * @param held why people are held
 * @param failures why records were rejected, refused or failed
 * @param leftAlone values that were not sent, by the rule that they break
 * @param anomalies open anomalies
 * @param charts the course of the last syncs
 * @param balance where the rows went
 * @param balanceHolds whether every row is accounted for
 * @param planned what a plan would send; empty for other runs
 * @param details names and numbers for the data manager and the administrator
 * @param people the people behind the failures; empty unless requested
 */
public record RunPage(
    String place,
    String org,
    String title,
    String verdict,
    String sentence,
    String summary,
    List<String> warnings,
    List<Fact> facts,
    List<String> next,
    List<Fact> guards,
    List<Reason> skipped,
    List<Reason> held,
    List<Failure> failures,
    List<LeftAlone> leftAlone,
    List<Anomaly> anomalies,
    List<Chart> charts,
    List<BalanceRow> balance,
    boolean balanceHolds,
    List<Fact> planned,
    Details details,
    List<Person> people) {

  public RunPage {
    warnings = List.copyOf(warnings);
    facts = List.copyOf(facts);
    next = List.copyOf(next);
    guards = List.copyOf(guards);
    skipped = List.copyOf(skipped);
    held = List.copyOf(held);
    failures = List.copyOf(failures);
    leftAlone = List.copyOf(leftAlone);
    anomalies = List.copyOf(anomalies);
    charts = List.copyOf(charts);
    balance = List.copyOf(balance);
    planned = List.copyOf(planned);
    people = List.copyOf(people);
  }

  /** A name and its value. */
  public record Fact(String name, String value) {}

  /** Why people are skipped, and how many people and journeys. */
  public record Reason(String people, String journeys, String words) {}

  /** Records with one outcome and one advice. */
  public record Failure(String records, String outcome, String advice) {}

  /** Values that break one rule, and their fields, in words. */
  public record LeftAlone(String values, String rule, String fields, String advice) {}

  /** One kind of open anomaly. */
  public record Anomaly(String open, String isNew, String meaning) {}

  /**
   * One outcome.
   *
   * @param tone its colour, as the name of a style of the page
   * @param contactsShare per cent of all Contact rows; empty text for a sum
   * @param journeysShare per cent of all journey rows
   */
  public record BalanceRow(
      String name,
      String tone,
      String contacts,
      String journeys,
      String contactsShare,
      String journeysShare) {}

  /**
   * The details behind the numbers, with the names of Salesforce and the store.
   *
   * @param failures codes
   * @param fieldsLeftAlone fields and rules
   * @param anomalies kinds, as kind and number
   * @param steps what each step cost
   * @param repeats a sentence about calls that were repeated; empty if none were
   * @param ids what the analysts' tables hold, as name and number
   * @param orgChanges what has changed in the org since the last good run
   * @param history the last runs, the oldest first
   */
  public record Details(
      List<Code> failures,
      List<FieldLeftAlone> fieldsLeftAlone,
      List<Fact> anomalies,
      List<Step> steps,
      String repeats,
      List<Fact> ids,
      List<String> orgChanges,
      List<HistoryRow> history) {

    public Details {
      failures = List.copyOf(failures);
      fieldsLeftAlone = List.copyOf(fieldsLeftAlone);
      anomalies = List.copyOf(anomalies);
      steps = List.copyOf(steps);
      ids = List.copyOf(ids);
      orgChanges = List.copyOf(orgChanges);
      history = List.copyOf(history);
    }
  }

  /** A code, how many records had it, and the fields that Salesforce named. */
  public record Code(String records, String outcome, String code, String fields) {}

  /** A field with values that were not sent, and the rule that they break. */
  public record FieldLeftAlone(String object, String field, String rule, String records) {}

  /**
   * One step.
   *
   * @param repeated those of its calls that repeated a failed one
   * @param share per cent of the longest step
   */
  public record Step(String title, String duration, String calls, String repeated, String share) {}

  /**
   * One of the last runs.
   *
   * @param shown whether this page is about it
   */
  public record HistoryRow(
      String number,
      String started,
      String mode,
      String state,
      String inserted,
      String updated,
      String failures,
      String took,
      String calls,
      boolean shown) {}

  /** A person with a record that failed. Personal data. */
  public record Person(String pmiId, String object, String code) {

    @Override
    public String toString() {
      return "Person[hidden]";
    }
  }
}
