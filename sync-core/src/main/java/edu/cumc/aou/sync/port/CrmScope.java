package edu.cumc.aou.sync.port;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records to read.
 *
 * @param since the moment from which, of the kinds that are about one; else null
 * @param ids of the owners or the records, of the kinds that are about some; else none
 * @param from the id to begin with, of the kind that has an order; null for the first one
 */
public record CrmScope(
    Kind kind, @Nullable Instant since, List<String> ids, @Nullable String from) {

  /** So many ids fit into one question. */
  public static final int MOST_IDS = 400;

  public CrmScope {
    ids = List.copyOf(ids);
  }

  /** How a scope chooses. */
  public enum Kind {
    /**
     * All records that the sync looks after: with a PMI ID (Contacts) or a Contact (journeys),
     * fitting {@code where}; none that are deleted.
     */
    ALL,
    /** The same in the order of their ids, from an id on. */
    ALL_IN_ORDER,
    /**
     * All records whose SystemModstamp is at or after the moment, deleted ones included, selected
     * or not.
     */
    CHANGED_SINCE,
    /** The records of some ids, deleted ones included, selected or not. */
    SOME,
    /** Selected records whose CreatedDate is at or after the moment; none that are deleted. */
    CREATED_SINCE,
    /**
     * Contacts of some owners that have no PMI ID and fit {@code where} otherwise; none that are
     * deleted.
     */
    WITHOUT_PMI_ID
  }

  public static CrmScope all() {
    return new CrmScope(Kind.ALL, null, List.of(), null);
  }

  /** All in the order of their ids; {@code from}: the id to begin with, null for the first one. */
  public static CrmScope allFrom(@Nullable String from) {
    return new CrmScope(Kind.ALL_IN_ORDER, null, List.of(), from);
  }

  public static CrmScope changedSince(Instant since) {
    return new CrmScope(Kind.CHANGED_SINCE, since, List.of(), null);
  }

  public static CrmScope createdSince(Instant since) {
    return new CrmScope(Kind.CREATED_SINCE, since, List.of(), null);
  }

  /** Some records by their ids, at least one and {@link #MOST_IDS} at most. */
  public static CrmScope some(List<String> ids) {
    return new CrmScope(Kind.SOME, null, ids, null);
  }

  /** The owners are ids of users or queues, at least one. */
  public static CrmScope withoutPmiId(List<String> owners) {
    return new CrmScope(Kind.WITHOUT_PMI_ID, null, owners, null);
  }
}
