package edu.cumc.aou.sync.port;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records to read.
 *
 * @param since the moment that the scope starts from, for kinds that have one; else null
 * @param ids of the owners or the records, for kinds that have some; else none
 * @param from the id to begin with, for the kind that has an order; null for the first one
 */
public record CrmScope(
    Kind kind, @Nullable Instant since, List<String> ids, @Nullable String from) {

  /** One query holds at most this many ids. */
  public static final int MOST_IDS = 400;

  public CrmScope {
    ids = List.copyOf(ids);
  }

  /** How a scope selects records. */
  public enum Kind {
    /**
     * All records that the sync looks after: with a PMI ID (Contacts) or a Contact (journeys),
     * fitting {@code where}, and not deleted.
     */
    ALL,
    /** The same in the order of their ids, starting at one id. */
    ALL_IN_ORDER,
    /**
     * All records with a SystemModstamp at or after the moment, in the order of these times,
     * including deleted records and those that the sync does not look after.
     */
    CHANGED_SINCE,
    /**
     * The records with these ids, including deleted records and those that the sync does not look
     * after.
     */
    SOME,
    /**
     * Records that the sync looks after with a CreatedDate at or after the moment, and not deleted.
     */
    CREATED_SINCE,
    /**
     * Contacts of some owners that have no PMI ID and otherwise fit {@code where}, and not deleted.
     */
    WITHOUT_PMI_ID
  }

  public static CrmScope all() {
    return new CrmScope(Kind.ALL, null, List.of(), null);
  }

  /**
   * All in the order of their ids; {@code from} is the id to begin with, null for the first one.
   */
  public static CrmScope allFrom(@Nullable String from) {
    return new CrmScope(Kind.ALL_IN_ORDER, null, List.of(), from);
  }

  public static CrmScope changedSince(Instant since) {
    return new CrmScope(Kind.CHANGED_SINCE, since, List.of(), null);
  }

  public static CrmScope createdSince(Instant since) {
    return new CrmScope(Kind.CREATED_SINCE, since, List.of(), null);
  }

  /** Some records by their ids, between one and {@link #MOST_IDS}. */
  public static CrmScope some(List<String> ids) {
    return new CrmScope(Kind.SOME, null, ids, null);
  }

  /** Contacts of these owners, users or queues, at least one. */
  public static CrmScope withoutPmiId(List<String> owners) {
    return new CrmScope(Kind.WITHOUT_PMI_ID, null, owners, null);
  }
}
