package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigProblems.Problem;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SyncException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects findings; a look that fails is a finding too. Not thread-safe. */
final class FindingList {

  /** A message that begins with its setting. */
  private static final Pattern SETTING_FIRST = Pattern.compile("([a-z]+(?:\\.[a-z-]+)+): (.+)");

  /** The sides that can be asked. */
  enum Side {
    STORE,
    SOURCE,
    SALESFORCE
  }

  private final boolean beforeRun;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Side> closed = EnumSet.noneOf(Side.class);

  /**
   * An empty list.
   *
   * @param beforeRun whether to report only what a person must mend: a side that is down for the
   *     moment then throws, as it would stop the run a step later
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

  /**
   * Returns the result of a look; empty if it fails. After a refused login it never asks that side
   * again: each further try counts against the user.
   */
  <T> Optional<T> attempt(Side side, String subject, Supplier<T> look) {
    if (closed.contains(side)) {
      return Optional.empty();
    }
    try {
      return Optional.of(look.get());
    } catch (SyncException e) {
      if (beforeRun && e.kind() != FailureKind.CONFIG) {
        throw e;
      }
      if (e.kind() == FailureKind.AUTH) {
        close(side);
      }
      addOnce(codeOf(e.kind()), subject, e);
      return Optional.empty();
    }
  }

  /** Stops asking a side that can tell no more. */
  void close(Side side) {
    closed.add(side);
  }

  /** Several failed looks at one side have the same cause, which is reported once. */
  private void addOnce(FindingCode code, String subject, SyncException e) {
    String text = textOf(e, subject);
    Matcher named = SETTING_FIRST.matcher(text);
    Finding finding =
        Finding.error(
            named.matches()
                ? new Problem(code, named.group(1), named.group(2))
                : new Problem(code, subject, text));
    boolean known =
        findings.stream()
            .anyMatch(
                f ->
                    f.code() == code
                        && f.message().equals(finding.message())
                        && f.advice().equals(finding.advice())
                        && (f.subject().equals(finding.subject()) || !named.matches()));
    if (!known) {
      add(finding);
    }
  }

  private static FindingCode codeOf(FailureKind kind) {
    return switch (kind) {
      case AUTH -> FindingCode.LOGIN_REFUSED;
      case UNAVAILABLE, THROTTLED -> FindingCode.UNREACHABLE;
      case CONFIG, PROTOCOL, GUARDED, ALREADY_RUNNING, BUG -> FindingCode.NOT_USABLE;
    };
  }

  /** The exception's text in the form of a problem. */
  private static String textOf(SyncException e, String subject) {
    String text = String.valueOf(e.getMessage()).replace(" Nothing was changed.", "");
    String stopped = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return stopped.startsWith(subject + ": ") ? stopped.substring(subject.length() + 2) : stopped;
  }
}
