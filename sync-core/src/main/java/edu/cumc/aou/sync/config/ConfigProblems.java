package edu.cumc.aou.sync.config;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the problems of the settings, to report all of them at once. Not thread-safe. */
public final class ConfigProblems {

  /**
   * One problem.
   *
   * @param setting the setting it is about
   * @param text what is wrong and, after the first semicolon, what to do; never a value
   */
  public record Problem(FindingCode code, String setting, String text) {

    @Override
    public String toString() {
      return setting + ": " + text;
    }
  }

  private final List<Problem> problems = new ArrayList<>();

  /** Adds a problem: the setting, what is wrong with it, what to do. Never a value. */
  public void add(String setting, String whatAndWhatToDo) {
    add(FindingCode.WRONG_SETTING, setting, whatAndWhatToDo);
  }

  /** Adds a problem that only shows when a database or the org is asked. */
  public void add(FindingCode code, String setting, String whatAndWhatToDo) {
    Problem problem = new Problem(code, setting, whatAndWhatToDo);
    // A key that is read twice has one problem.
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Whether one of them is about this setting. */
  boolean concern(String setting) {
    return problems.stream().anyMatch(p -> p.setting().equals(setting));
  }

  /** All problems, in the order in which they were found. */
  public List<Problem> all() {
    return List.copyOf(problems);
  }

  /** All problems as lines: the setting, a colon, the text. */
  public List<String> list() {
    return problems.stream().map(Problem::toString).toList();
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
    message.append("\n  Correct them, then run the same command again.");
    throw new SyncException(FailureKind.CONFIG, message.toString());
  }

  /**
   * Returns what was read of the settings. Throws one CONFIG exception that lists all problems, if
   * there are any. Nothing read and no problem is a defect.
   */
  public <T> T orThrow(Optional<T> read) {
    throwIfAny();
    return read.orElseThrow(
        () ->
            new SyncException(
                FailureKind.BUG, "the settings are refused without a reason; please report this"));
  }
}
