package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.time.Instant;
import java.util.List;

/**
 * Removal of what the store holds of single participants. What remains of somebody forgotten is a
 * hold that names the PMI ID and nothing else, without which the next run would create the person
 * anew, and, as long as Salesforce has them, the ids of their Contact and journey.
 */
public interface PersonalData {

  /** So many participants at most in one call. */
  int MOST = 500;

  /**
   * Forgets participants, whether the store knows them or not. In one transaction:
   *
   * <ul>
   *   <li>their rows in the plans of all runs lose their values, ids and PMI ID; what came of them
   *       still counts, and nobody finds it by a participant, or together with another row;
   *   <li>their anomalies go;
   *   <li>what is mirrored of them goes if it is gone from Salesforce, else it loses its values;
   *   <li>they are held as FORGOTTEN, in place of any other hold.
   * </ul>
   *
   * @param pmiIds at most {@link #MOST}
   */
  Removed forget(List<PmiId> pmiIds, Instant since);

  /**
   * Takes out again what a refresh of the mirror has brought back of those who are forgotten, and
   * what is gone from Salesforce by now. A page of participants at a time, each whole or not at
   * all.
   */
  void forgetAgain();

  /**
   * What was removed.
   *
   * @param changes rows of plans that lost their values and their PMI ID
   * @param anomalies anomalies that are gone
   * @param mirrored mirrored records that are gone from the store
   * @param inSalesforce mirrored records that Salesforce still has: their ids stay
   */
  record Removed(long changes, long anomalies, long mirrored, long inSalesforce) {

    /** Nothing. */
    public static final Removed NOTHING = new Removed(0, 0, 0, 0);

    /** Both together. */
    public Removed and(Removed other) {
      return new Removed(
          changes + other.changes,
          anomalies + other.anomalies,
          mirrored + other.mirrored,
          inSalesforce + other.inSalesforce);
    }
  }
}
