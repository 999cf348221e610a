package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.time.Instant;
import java.util.List;

/**
 * Removes what the store holds about single participants. For a forgotten participant there remains
 * a hold with the PMI ID and nothing else; without it the next run would create the person anew.
 * The ids of their Contact and journey stay as long as Salesforce has these.
 */
public interface PersonalData {

  /** The most participants in one call. */
  int MOST = 500;

  /**
   * Forgets participants, whether the store knows them or not. In one transaction:
   *
   * <ul>
   *   <li>their rows in the plans of all runs lose their values, ids and PMI ID; their results
   *       still count, but no search finds them by a participant, or together with another row;
   *   <li>their anomalies go;
   *   <li>their mirror entries go if Salesforce no longer has the records, else they lose their
   *       values;
   *   <li>a FORGOTTEN hold replaces any other hold; one that is there keeps its day, from which on
   *       the store knows nothing of what was sent before.
   * </ul>
   *
   * @param pmiIds at most {@link #MOST}
   */
  Removed forget(List<PmiId> pmiIds, Instant since);

  /**
   * Removes again what a refresh of the mirror has brought back about forgotten participants, and
   * what is gone from Salesforce by now. Works page by page; a participant is treated wholly or not
   * at all.
   */
  void forgetAgain();

  /**
   * What was removed.
   *
   * @param changes rows of plans that lost their values and their PMI ID
   * @param anomalies anomalies that were removed
   * @param mirrored mirrored records that were removed from the store
   * @param inSalesforce mirrored records that Salesforce still has: their ids stay
   */
  record Removed(long changes, long anomalies, long mirrored, long inSalesforce) {

    /** Nothing. */
    public static final Removed NOTHING = new Removed(0, 0, 0, 0);

    /** The sum of both. */
    public Removed and(Removed other) {
      return new Removed(
          changes + other.changes,
          anomalies + other.anomalies,
          mirrored + other.mirrored,
          inSalesforce + other.inSalesforce);
    }
  }
}
