package edu.cumc.aou.sync.model;

/**
 * What is another in the org than it was. Names of Salesforce's own setup: no personal data.
 *
 * @param what it is about, in words: {@code validation rule Phone_Needed on Contact}
 * @param was how it was; empty text unless it changed
 * @param is how it is; empty text unless it changed
 */
public record OrgChange(Kind kind, String what, String was, String is) {

  /** What became of it. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /** In words. */
  public String text() {
    return switch (kind) {
      case ADDED -> what + " is new";
      case REMOVED -> what + " is gone";
      case CHANGED -> what + " was " + was + " and is " + is;
    };
  }
}
