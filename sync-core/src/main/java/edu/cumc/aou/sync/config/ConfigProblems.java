package edu.cumc.aou.sync.config;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the settings, so that all of it is told at once. Not thread-safe. */
public final class ConfigProblems {

  private final List<String> problems = new ArrayList<>();

  /** Adds a problem: the setting, what is wrong with it, what to do. Never a value. */
  public void add(String setting, String whatAndWhatToDo) {
    problems.add(setting + ": " + whatAndWhatToDo);
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  public List<String> list() {
    return List.copyOf(problems);
  }

  /** Throws one CONFIG exception that lists all problems, if there are any. */
  public void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    if (problems.size() == 1) {
      throw new SyncException(FailureKind.CONFIG, "configuration: " + problems.get(0));
    }
    StringBuilder message = new StringBuilder("configuration: " + problems.size() + " problems");
    for (int i = 0; i < problems.size(); i++) {
      message.append("\n  ").append(i + 1).append(". ").append(problems.get(i));
    }
    throw new SyncException(FailureKind.CONFIG, message.toString());
  }
}
