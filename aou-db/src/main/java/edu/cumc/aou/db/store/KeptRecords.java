package edu.cumc.aou.db.store;

/**
 * Conditions that leave out Contacts {@code c} or journeys {@code j} if a person decided to keep
 * another one of the same participant that is still there. Written for {@link StoreDatabase#sql}.
 */
final class KeptRecords {

  /** Follows the conditions for a Contact {@code c}. */
  static final String CONTACT =
      " AND NOT EXISTS (SELECT 1 FROM $.sync_decision kept JOIN $.contact_mirror other ON"
          + " other.contact_id = kept.answer~ AND other.is_deleted = 0 WHERE kept.kind = 'ANOMALY'"
          + " AND kept.subject = c.pmi_id AND kept.about = 'DOUBLED_PMI_ID' AND kept.verdict ="
          + " 'KEEP' AND other.pmi_id = c.pmi_id AND c.is_deleted = 0 AND other.contact_id <>"
          + " c.contact_id)";

  /** Follows the conditions for a journey {@code j} of a Contact {@code c}. */
  static final String JOURNEY =
      " AND NOT EXISTS (SELECT 1 FROM $.sync_decision kept JOIN $.journey_mirror other ON"
          + " other.journey_id = kept.answer~ AND other.is_deleted = 0 WHERE kept.kind = 'ANOMALY'"
          + " AND kept.subject = c.pmi_id AND kept.about = 'SEVERAL_JOURNEYS' AND kept.verdict ="
          + " 'KEEP' AND other.contact_id = j.contact_id AND other.journey_id <> j.journey_id)";

  private KeptRecords() {}
}
