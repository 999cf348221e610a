package edu.cumc.aou.cli.demo;

import edu.cumc.aou.sync.report.SyncReport;
import java.nio.file.Path;
import java.util.List;

/**
 * The result of a demo.
 *
 * @param again the sync that had nothing left to do
 * @param checks what the demo checked
 * @param source fingerprint of the participant source
 * @param org fingerprint of the simulated org's records
 * @param store fingerprint of what the store knows of the org
 * @param configuration a configuration for going on by hand
 */
public record DemoOutcome(
    List<DemoDay> days,
    SyncReport again,
    List<DemoCheck> checks,
    String source,
    String org,
    String store,
    Path configuration) {

  public DemoOutcome {
    days = List.copyOf(days);
    checks = List.copyOf(checks);
  }

  /**
   * One check of the demo.
   *
   * @param claim what should be true
   * @param holds whether it is
   * @param found the numbers behind it
   */
  public record DemoCheck(String claim, boolean holds, String found) {}

  /** Whether all checks hold. */
  public boolean isSound() {
    return checks.stream().allMatch(DemoCheck::holds);
  }
}
