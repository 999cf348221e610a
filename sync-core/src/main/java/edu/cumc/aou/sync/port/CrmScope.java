package edu.cumc.aou.sync.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records to read.
 *
 * @param since null for all selected records; else the moment from which
 */
public record CrmScope(Kind kind, @Nullable Instant since) {

  /** How a scope chooses. */
  public enum Kind {
    /**
     * All records that the sync looks after: with a PMI ID (Contacts) or a Contact (journeys),
     * fitting {@code where}; none that are deleted.
     */
    ALL,
    /**
     * All records whose SystemModstamp is at or after the moment, deleted ones included, selected
     * or not.
     */
    CHANGED_SINCE,
    /** Selected records whose CreatedDate is at or after the moment; none that are deleted. */
    CREATED_SINCE
  }

  public static CrmScope all() {
    return new CrmScope(Kind.ALL, null);
  }

  public static CrmScope changedSince(Instant since) {
    return new CrmScope(Kind.CHANGED_SINCE, since);
  }

  public static CrmScope createdSince(Instant since) {
    return new CrmScope(Kind.CREATED_SINCE, since);
  }
}
