package edu.cumc.aou.mornings.life;

import edu.cumc.aou.sync.port.RawRow;
import java.util.List;

/**
 * What is special about a site.
 *
 * @param dates the type of the source's columns of days, at first
 * @param guarded whether guards are as narrow as such a small site allows
 * @param adopts whether Contacts that were there before are adopted
 * @param heeds whether the operator does what messages advise
 * @param old what an earlier version of the program has left there; empty for nothing
 */
public record Traits(
    RawRow.Type dates, boolean guarded, boolean adopts, boolean heeds, String old) {

  /** What an earlier version may have left. */
  static final List<String> ARCHIVES =
      List.of("sent", "unknown", "job-open", "job-closed", "suspended", "unknown+holds");

  /** Nothing special. */
  public static final Traits PLAIN = new Traits(RawRow.Type.DATE, false, false, false, "");

  static final int INSERTS = 3;
  static final int CLEARS = 2;

  private static final String GUARDS =
      """
      guards { max-shrink = 40%%
        max-rejected { number = 3, share = 0%% }
        max-inserts { number = %d, share = 0%% }
        max-updates { number = 4, share = 0%% }
        max-clears { number = %d, share = 0%% }
        max-field-clears.share = 100%%
        max-withdrawals { number = 1, share = 0%% } }
      """
          .formatted(INSERTS, CLEARS);

  /** A site with nothing special about it but what an earlier version has left. */
  public static Traits upgraded(String archive) {
    return new Traits(RawRow.Type.DATE, false, false, true, archive);
  }

  /** The settings that make a site so. */
  String hocon(String staff) {
    return (guarded ? GUARDS : "")
        + (adopts ? "adoption { enabled = true, owners = [\"" + staff + "\"] }\n" : "");
  }
}
