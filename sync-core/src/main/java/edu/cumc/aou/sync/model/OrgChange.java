package edu.cumc.aou.sync.model;

/**
 * One change in the org's setup. It holds names from Salesforce's setup, no personal data.
 *
 * @param what the changed thing, in words: {@code validation rule Phone_Needed on Contact}
 * @param was its former state; empty text unless it changed
 * @param is its present state; empty text unless it changed
 */
public record OrgChange(Kind kind, String what, String was, String is) {

  /** What happened to it. */
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
