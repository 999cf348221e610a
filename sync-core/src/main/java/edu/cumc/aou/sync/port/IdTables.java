package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;

/**
 * {@code Contact_PMI}, {@code Contact_Journey} and {@code Relationship}: the contract with the
 * site's analysts. The first two hold every Contact with a PMI ID and every journey of such a
 * Contact; {@code Relationship} holds the participants with exactly one Contact and at most one
 * journey, whose id is NULL while it does not exist; of several, the one that is to be {@link
 * DecisionTable.Verdict#KEEP kept}.
 */
public interface IdTables {

  /**
   * Brings the three tables in line with the mirror, in one transaction: readers never see them
   * half full.
   */
  IdCounts writeBack();

  /**
   * The Contacts that stood in {@code Contact_PMI} with somebody whom the mirror now has no Contact
   * of, though the Contact itself is mirrored: it shows another PMI ID, or text that is none, or is
   * gone (deleted, or its PMI ID was cleared). Merged ones are left out. Ordered by Contact, in
   * constant memory; other methods of the store may be used meanwhile. The caller closes the
   * cursor.
   */
  Cursor<LostKey> lostKeys();

  /** What they hold now. */
  IdCounts counts();

  /**
   * A Contact that was somebody's.
   *
   * @param gone whether the mirror has it as gone; otherwise it shows something else
   */
  record LostKey(ContactId contactId, PmiId pmiId, boolean gone) {}

  /**
   * How many rows there are.
   *
   * @param complete rows of {@code Relationship} with a Contact and a journey
   */
  record IdCounts(long contactPmi, long contactJourney, long relationship, long complete) {}
}
