package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigProblems.Problem;
import edu.cumc.aou.sync.model.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects findings; that something cannot be looked at is one of them. Not thread-safe. */
final class FindingList {

  private final boolean beforeRun;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * An empty list.
   *
   * @param beforeRun whether only what somebody must mend is a finding: a side that is away for the
   *     moment then stops the run as it would stop it a step later
   */
  FindingList(boolean beforeRun) {
    this.beforeRun = beforeRun;
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  void addAll(List<Finding> more) {
    findings.addAll(more);
  }

  void addAll(ConfigProblems problems) {
    problems.all().forEach(p -> add(Finding.error(p)));
  }

  List<Finding> all() {
    return List.copyOf(findings);
  }

  /** What the look gives; empty if it fails. */
  <T> Optional<T> attempt(String subject, Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (SyncException e) {
      if (beforeRun && e.kind() != FailureKind.CONFIG) {
        throw e;
      }
      Finding finding = Finding.error(new Problem(codeOf(e.kind()), subject, textOf(e, subject)));
      // several looks at a side that cannot be asked find the same
      if (!findings.contains(finding)) {
        add(finding);
      }
      return Optional.empty();
    }
  }

  private static FindingCode codeOf(FailureKind kind) {
    return switch (kind) {
      case AUTH -> FindingCode.LOGIN_REFUSED;
      case UNAVAILABLE, THROTTLED -> FindingCode.UNREACHABLE;
      case CONFIG, PROTOCOL, GUARDED, ALREADY_RUNNING, BUG -> FindingCode.NOT_USABLE;
    };
  }

  /** What the exception says, as a problem is worded. */
  private static String textOf(SyncException e, String subject) {
    String text = String.valueOf(e.getMessage()).replace(" Nothing was changed.", "");
    String stopped = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return stopped.startsWith(subject + ": ") ? stopped.substring(subject.length() + 2) : stopped;
  }
}
