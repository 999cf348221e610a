package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;

/**
 * {@code Contact_PMI}, {@code Contact_Journey} and {@code Relationship}: the contract with the
 * site's analysts. The first two hold every Contact with a PMI ID and every journey of such a
 * Contact. {@code Relationship} holds the participants with exactly one Contact and at most one
 * journey; the journey's id is NULL until it exists. If a participant has several, it holds the one
 * that a person decided to {@link DecisionTable.Verdict#KEEP keep}.
 */
public interface IdTables {

  /**
   * Updates the three tables from the mirror in one transaction: readers never see them half full.
   */
  IdCounts writeBack();

  /**
   * The Contacts in {@code Contact_PMI} that the mirror has, but no longer for their participant,
   * who has no other Contact there. Such a Contact shows another PMI ID or other text, or is gone
   * (deleted, or its PMI ID was cleared). A Contact that {@code Contact_PMI} has for another
   * participant is no other Contact, whichever PMI ID it shows now: it holds that person's values.
   * Leaves out merged ones. Ordered by Contact, in constant memory; other methods of the store may
   * be used meanwhile. The caller closes the cursor.
   */
  Cursor<LostKey> lostKeys();

  /** The present numbers of rows. */
  IdCounts counts();

  /**
   * A Contact that belonged to a participant.
   *
   * @param gone whether the mirror has it as gone, and no Contact shows the PMI ID; otherwise its
   *     PMI field shows something else, or the PMI ID is on another participant's Contact
   */
  record LostKey(ContactId contactId, PmiId pmiId, boolean gone) {}

  /**
   * Numbers of rows.
   *
   * @param complete rows of {@code Relationship} with a Contact and a journey
   */
  record IdCounts(long contactPmi, long contactJourney, long relationship, long complete) {}
}
