package edu.cumc.aou.sync.plan;

/** What one value of a status column means. */
public enum StatusMeaning {
  NOT_WITHDRAWN("not withdrawn"),
  WITHDRAWN("withdrawn"),
  /** Nothing is sent for a participant who may have withdrawn. */
  UNCLEAR("unclear, and rejected"),
  OURS("ours"),
  LEFT("left"),
  TEST("a test account"),
  NOT_DEACTIVATED("not deactivated"),
  DEACTIVATED("deactivated"),
  NOT_DECEASED("not deceased"),
  DECEASED("deceased"),
  /** The rule does not know the value, and ignores it. */
  NOTHING_KNOWN("no, being unknown");

  private final String words;

  StatusMeaning(String words) {
    this.words = words;
  }

  /** Completes the sentence "taken for …". */
  public String words() {
    return words;
  }

  /**
   * A column with values that can be judged one by one.
   *
   * @param setting that names it
   * @param name as configured
   */
  public record Column(String setting, String name) {}
}
