package edu.cumc.aou.cli.page;

import java.util.List;

/**
 * What the page of a run shows, ready to be printed: texts are written, numbers are counted, bars
 * are measured. No personal data, unless {@code people} was asked for.
 *
 * @param title the run and what it did
 * @param verdict how it ended: the name of a style of the page
 * @param summary a sentence about that
 * @param facts when, how long, which program, as name and value
 * @param balance where the rows went
 * @param balanceHolds whether every row is accounted for
 * @param planned what a plan would send; empty for other runs
 * @param failures why records were rejected, refused or failed
 * @param fieldsLeftAlone fields that were not sent, and how often
 * @param skipped why participants are skipped
 * @param held why participants are held
 * @param anomalies what is open
 * @param guards what stopped the run, as setting and message
 * @param steps what each step cost
 * @param repeats a sentence about calls that were repeated; empty if none were
 * @param ids what the analysts' tables hold, as name and number
 * @param history the last runs, the oldest first
 * @param next what to do now
 * @param people whom the failures concern; empty unless asked for
 */
public record RunPage(
    String title,
    String verdict,
    String summary,
    List<Fact> facts,
    List<BalanceRow> balance,
    boolean balanceHolds,
    List<Fact> planned,
    List<Failure> failures,
    List<FieldLeftAlone> fieldsLeftAlone,
    List<Fact> skipped,
    List<Fact> held,
    List<Anomaly> anomalies,
    List<Fact> guards,
    List<Step> steps,
    String repeats,
    List<Fact> ids,
    List<PastRun> history,
    List<String> next,
    List<Person> people) {

  public RunPage {
    facts = List.copyOf(facts);
    balance = List.copyOf(balance);
    planned = List.copyOf(planned);
    failures = List.copyOf(failures);
    fieldsLeftAlone = List.copyOf(fieldsLeftAlone);
    skipped = List.copyOf(skipped);
    held = List.copyOf(held);
    anomalies = List.copyOf(anomalies);
    guards = List.copyOf(guards);
    steps = List.copyOf(steps);
    ids = List.copyOf(ids);
    history = List.copyOf(history);
    next = List.copyOf(next);
    people = List.copyOf(people);
  }

  /** Whether any of the failures names fields. */
  public boolean failuresNameFields() {
    return failures.stream().anyMatch(f -> !f.fields().isEmpty());
  }

  /** A name and what there is to say of it. */
  public record Fact(String name, String value) {}

  /**
   * One outcome.
   *
   * @param tone how it is coloured: the name of a style of the page
   * @param contactsShare per cent of all Contact rows
   * @param journeysShare per cent of all journey rows
   */
  public record BalanceRow(
      String name,
      String tone,
      String contacts,
      String journeys,
      String contactsShare,
      String journeysShare) {}

  /** One cause and what to do about it. */
  public record Failure(
      String records, String outcome, String code, String fields, String advice) {}

  /** A field whose values were not sent, and the rule that they break. */
  public record FieldLeftAlone(String object, String field, String rule, String records) {}

  /** One kind of open anomaly. */
  public record Anomaly(String kind, String open, String isNew, String meaning) {}

  /**
   * One step.
   *
   * @param repeated those of its calls that only did again what had failed before
   * @param share per cent of the longest step
   */
  public record Step(String title, String duration, String calls, String repeated, String share) {}

  /**
   * One run of the history.
   *
   * @param wrote the height of the bar of what it wrote, of 100
   * @param failed the height of the bar of what it could not write, of 100
   * @param shown whether this page is about it
   */
  public record PastRun(
      String number,
      String started,
      String mode,
      String state,
      String inserted,
      String updated,
      String failures,
      String took,
      String calls,
      int wrote,
      int failed,
      boolean shown) {}

  /** Somebody whose record failed. Personal data. */
  public record Person(String pmiId, String object, String code) {

    @Override
    public String toString() {
      return "Person[hidden]";
    }
  }
}
