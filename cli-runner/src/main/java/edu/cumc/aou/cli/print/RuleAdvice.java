package edu.cumc.aou.cli.print;

import java.util.Map;

/** What to do about a field that is left alone, by the rule that its value breaks. */
public final class RuleAdvice {

  private static final Map<String, String> BY_RULE =
      Map.ofEntries(
          Map.entry("too-long", "shorten it in the source, or lengthen the field in Salesforce"),
          Map.entry("invalid-email", "correct the address in the source"),
          Map.entry("not-in-picklist", "add the value to the picklist, or correct it"),
          Map.entry("unknown-state", "correct it in the source; addresses abroad have no state"),
          Map.entry("not-a-flag", "correct it in the source, or map another column"),
          Map.entry(
              "flag-not-sure", "map it to a text or a picklist, which can keep a third answer"),
          Map.entry("not-a-date", "correct the day in the source"),
          Map.entry(
              "day-before-month",
              "write the month first in the source, or add a date step with from = \"d/M/yyyy\""),
          Map.entry("implausible-date", "correct the day in the source"),
          Map.entry("future-date", "correct it in the source, or wait until the day has come"),
          Map.entry("not-a-datetime", "correct the time in the source"),
          Map.entry("not-a-number", "correct the number in the source, or map another column"),
          Map.entry("not-a-boolean", "make it 0 or 1 in the source, or use transform = flag"),
          Map.entry("not-an-id", "correct the id: 15 or 18 letters and digits"),
          Map.entry("unknown-parent", "correct the value, or create the record in Salesforce"),
          Map.entry("ambiguous-parent", "see to it that one record alone has the value"),
          Map.entry("not-in-map", "add the value to the step's map or table, or correct it"),
          Map.entry(
              "cannot-be-blank", "fill it in the source, or use another policy than overwrite"),
          Map.entry(
              "lost-zeros",
              "make the column a text in the source, with the zeros; or correct the field in Salesforce"),
          Map.entry("not-in-form", "correct the value, or the form that the step reads"),
          Map.entry(
              "pattern-too-slow",
              "write the step's pattern without a repeat inside a repeat, or correct the value"),
          Map.entry("refused-by-own", "ask who wrote the site's own transform"),
          Map.entry("unsupported-field-type", "map another field; aou-sync check names it"));

  private RuleAdvice() {}

  /**
   * The advice for a count's name.
   *
   * @param name {@code Email:invalid-email}, with or without the object before it
   */
  public static String of(String name) {
    String rule = name.substring(name.lastIndexOf(':') + 1);
    return BY_RULE.getOrDefault(rule, "correct it in the source, or map the field otherwise");
  }
}
