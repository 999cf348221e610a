package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import java.util.List;

/**
 * An anomaly that the mirror shows by itself.
 *
 * @param again what the mirror shows while an anomaly is open, found by the anomaly's subject
 * @param subject what to note about each one found
 * @param found the existing ones, with {@code c} for the Contact
 * @param last what follows the conditions
 */
record MirrorOddity(Kind kind, String again, String subject, String found, String last) {

  private static final String KNOWN =
      " AND c.pmi_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM $.sync_hold h WHERE h.pmi_id = c.pmi_id AND h.kind ="
          + " 'FORGOTTEN')";

  private static final MirrorOddity DOUBLED =
      new MirrorOddity(
          Kind.DOUBLED_PMI_ID,
          "1 < (SELECT COUNT(*) FROM $.contact_mirror c WHERE c.pmi_id = sync_anomaly.subject AND c.is_deleted = 0)",
          "c.pmi_id",
          "$.contact_mirror c WHERE c.is_deleted = 0",
          " GROUP BY c.pmi_id HAVING COUNT(*) > 1");

  private static final MirrorOddity SEVERAL =
      new MirrorOddity(
          Kind.SEVERAL_JOURNEYS,
          "EXISTS (SELECT 1 FROM $.contact_mirror c WHERE c.pmi_id = sync_anomaly.subject AND c.is_deleted = 0 AND 1 <"
              + " (SELECT COUNT(*) FROM $.journey_mirror j WHERE j.contact_id = c.contact_id AND j.is_deleted = 0))",
          "c.pmi_id",
          "$.contact_mirror c JOIN (SELECT contact_id FROM $.journey_mirror WHERE is_deleted = 0 GROUP BY contact_id"
              + " HAVING COUNT(*) > 1) s ON s.contact_id = c.contact_id WHERE c.is_deleted = 0",
          " GROUP BY c.pmi_id");

  private static final String OF_SUBJECT =
      "EXISTS (SELECT 1 FROM $.journey_mirror j JOIN $.contact_mirror c ON c.contact_id = j.contact_id WHERE"
          + " j.journey_id = RIGHT(sync_anomaly.subject, 18) AND c.pmi_id IS NOT NULL AND ";

  private static final String PERSON_AND_JOURNEY = "CONCAT(c.pmi_id, ' ', j.journey_id)";

  /** The journey lost its Contact. */
  private static final MirrorOddity LOST =
      new MirrorOddity(
          Kind.ORPHAN_JOURNEY,
          OF_SUBJECT + "j.is_deleted = 2)",
          PERSON_AND_JOURNEY,
          "(SELECT DISTINCT contact_id FROM $.journey_mirror WHERE is_deleted = 2) l JOIN $.journey_mirror j ON"
              + " j.contact_id = l.contact_id AND j.is_deleted = 2 JOIN $.contact_mirror c ON c.contact_id = l.contact_id"
              + " WHERE c.contact_id = j.contact_id",
          "");

  /** Its Contact is gone, or has no participant any more. */
  private static final MirrorOddity LEFT =
      new MirrorOddity(
          Kind.ORPHAN_JOURNEY,
          OF_SUBJECT + "j.is_deleted = 0 AND c.is_deleted = 1)",
          PERSON_AND_JOURNEY,
          "$.contact_mirror c JOIN $.journey_mirror j ON j.contact_id = c.contact_id AND j.is_deleted = 0 WHERE"
              + " c.is_deleted = 1",
          "");

  static final List<MirrorOddity> ALL = List.of(DOUBLED, SEVERAL, LOST, LEFT);

  /** Notes which open ones are still open. */
  String seenAgain() {
    return "UPDATE $.sync_anomaly SET last_run = :run WHERE kind = '" + kind + "' AND " + again;
  }

  /** Notes new ones. */
  String add() {
    return "INSERT INTO $.sync_anomaly (kind, subject, first_run, last_run) SELECT '"
        + kind
        + "', o.subject, :run, :run FROM (SELECT "
        + subject
        + " AS subject FROM "
        + found
        + KNOWN
        + last
        + ") o WHERE NOT EXISTS (SELECT 1 FROM $.sync_anomaly a WHERE a.kind = '"
        + kind
        + "' AND a.subject = o.subject)";
  }
}
