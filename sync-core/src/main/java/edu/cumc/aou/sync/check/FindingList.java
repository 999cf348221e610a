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

/** Collects findings; that something cannot be looked at is one of them. Not thread-safe. */
final class FindingList {

  /** A message that begins with the setting that it is about. */
  private static final Pattern SETTING_FIRST = Pattern.compile("([a-z]+(?:\\.[a-z-]+)+): (.+)");

  /** Who is asked. */
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

  /**
   * What the look gives; empty if it fails. A side that refused a login is not asked again: each
   * further try counts against the user.
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

  /** Nothing more can be learned there. */
  void close(Side side) {
    closed.add(side);
  }

  /** Several looks at a side that cannot be asked find the same cause. */
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

  /** What the exception says, as a problem is worded. */
  private static String textOf(SyncException e, String subject) {
    String text = String.valueOf(e.getMessage()).replace(" Nothing was changed.", "");
    String stopped = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return stopped.startsWith(subject + ": ") ? stopped.substring(subject.length() + 2) : stopped;
  }
}
