package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.check.Finding.Level;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.List;
import java.util.Locale;

/**
 * The check-up before a run found something that would stop the run or do harm. Nothing was
 * changed.
 */
public final class CheckUpException extends SyncException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  CheckUpException(List<Finding> findings) {
    super(FailureKind.CONFIG, text(errors(findings)));
    this.findings = List.copyOf(findings);
  }

  /** Everything that the check-up found, warnings included. */
  public List<Finding> findings() {
    return findings;
  }

  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream().filter(f -> f.level() == Level.ERROR).toList();
  }

  private static String text(List<Finding> errors) {
    if (errors.size() == 1) {
      return "check-up: " + line(errors.get(0)) + ". Nothing was changed.";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "the check-up found %d errors. Nothing was changed.", errors.size()));
    for (int i = 0; i < errors.size(); i++) {
      text.append("\n  ").append(i + 1).append(". ").append(line(errors.get(i)));
    }
    return text.append(
            "\n  Correct them, then run the same command again; aou-sync check shows all findings.")
        .toString();
  }

  private static String line(Finding finding) {
    return finding.subject() + ": " + finding.message() + "; " + finding.advice();
  }
}
