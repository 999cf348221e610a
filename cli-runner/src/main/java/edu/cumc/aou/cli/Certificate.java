package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.cli.runtime.ProgramVersion;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A certificate for the site's files that people were forgotten: what was removed, when, who did
 * it, and where else they may be known. Names nobody.
 *
 * @param orgs the orgs that received data about them
 * @param unknown what the store cannot tell any more of such orgs, one line for each reason
 * @param head the end of the audit trail afterwards
 */
record Certificate(
    int people,
    Removed removed,
    Set<String> orgs,
    List<String> unknown,
    String who,
    Instant at,
    Head head) {

  /** Where else they may be known, one line for each place. */
  List<String> elsewhere() {
    List<String> lines = new ArrayList<>();
    lines.add("Where else they may be known, which this program does not reach:");
    lines.add("  the source: its rows stay, and those who load it may keep copies");
    lines.add(
        removed.inSalesforce() > 0
            ? "  Salesforce: it still has "
                + Words.count(removed.inSalesforce(), "record")
                + " of them; delete them there, and empty the recycle bin, which keeps them 15 days"
            : "  Salesforce: no record that this program knows; its recycle bin keeps deleted ones"
                + " 15 days");
    if (!orgs.isEmpty()) {
      lines.add(
          "  orgs to which something was sent, as far as runs are kept: "
              + String.join(", ", orgs));
    } else if (unknown.isEmpty()) {
      lines.add("  orgs: as far as runs are kept, nothing of them was sent to any");
    }
    unknown.forEach(why -> lines.add("  other orgs: " + why));
    lines.add(
        "  what Salesforce passed on: exports, backups, sandboxes, other programs of the org");
    lines.add(
        "  files that somebody wrote: plans, CSV files and reports with --show options, redirected"
            + " output");
    lines.add("  backups and transaction logs of the store's database, and replicas of it");
    lines.add(
        "  the hold of kind FORGOTTEN in the store: the PMI ID alone, so that nobody is created"
            + " anew");
    return lines;
  }

  void write(OutFile file) {
    List<String> lines = new ArrayList<>();
    lines.add("Certificate of removal");
    lines.add("");
    lines.add(
        "On "
            + at.truncatedTo(ChronoUnit.SECONDS)
            + ", "
            + who
            + " removed, with aou-sync "
            + ProgramVersion.text()
            + ",");
    lines.add("what the sync's tables held of " + Words.count(people, "participant") + ":");
    lines.add("  rows of plans that lost values, ids and PMI ID: " + removed.changes());
    lines.add("  anomalies, flaws and decisions removed: " + removed.anomalies());
    lines.add("  mirrored records removed: " + removed.mirrored());
    lines.add("  mirrored records without values now: " + removed.inSalesforce());
    lines.add("");
    lines.addAll(elsewhere());
    lines.add("");
    lines.add("Audit trail " + head.text());
    lines.add("aou-sync audit verify --head ROW:HASH shows that this row is still there.");
    file.write(
        writer -> {
          for (String line : lines) {
            writer.write(line);
            writer.write('\n');
          }
        },
        "They are forgotten all the same");
  }
}
