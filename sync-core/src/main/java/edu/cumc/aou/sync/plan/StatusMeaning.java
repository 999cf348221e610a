package edu.cumc.aou.sync.plan;

/** What one value of a column of the status is taken for. */
public enum StatusMeaning {
  NOT_WITHDRAWN("not withdrawn"),
  WITHDRAWN("withdrawn"),
  /** Nothing is sent of somebody who may have withdrawn. */
  UNCLEAR("unclear, and rejected"),
  OURS("ours"),
  LEFT("left"),
  TEST("a test account"),
  NOT_DEACTIVATED("not deactivated"),
  DEACTIVATED("deactivated"),
  NOT_DECEASED("not deceased"),
  DECEASED("deceased"),
  /** A value that the rule does not know, and that says nothing to it. */
  NOTHING_KNOWN("no, being unknown");

  private final String words;

  StatusMeaning(String words) {
    this.words = words;
  }

  /** For a sentence: taken for … . */
  public String words() {
    return words;
  }

  /**
   * A column whose values can be judged one by one.
   *
   * @param setting that names it
   * @param name as configured
   */
  public record Column(String setting, String name) {}
}
