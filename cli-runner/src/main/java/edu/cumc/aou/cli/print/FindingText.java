package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.model.FindingCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints what a check-up found. */
public final class FindingText {

  private FindingText() {}

  /**
   * One line per finding, what to do beneath it, and at the end whether a run is possible.
   *
   * @param isAsked whether databases and Salesforce were asked, and not the configuration alone
   */
  public static List<String> lines(List<Finding> findings, boolean isAsked) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String level =
          switch (finding.level()) {
            case OK -> "ok      ";
            case WARNING -> "warning ";
            case ERROR -> "ERROR   ";
          };
      lines.add(level + finding.subject() + ": " + finding.message() + bracketed(finding.code()));
      if (!finding.advice().isEmpty()) {
        lines.add("        " + finding.advice());
      }
      finding.values().forEach(v -> lines.add("          " + v));
    }
    long errors = count(findings, Finding.Level.ERROR);
    long warnings = count(findings, Finding.Level.WARNING);
    lines.add("");
    lines.add(
        errors == 0
            ? (isAsked
                    ? "A run is possible."
                    : "The configuration is in order; aou-sync check asks whether a run is possible.")
                + (warnings == 0 ? "" : " Warnings: " + warnings + ".")
            : "A run would stop or do harm. Errors: " + errors + ", warnings: " + warnings + ".");
    return lines;
  }

  private static String bracketed(@Nullable FindingCode code) {
    return code == null ? "" : " [" + code.word() + "]";
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(f -> f.level() == level).count();
  }
}
