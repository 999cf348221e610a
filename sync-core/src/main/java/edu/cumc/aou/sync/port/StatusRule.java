package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a participant's rows, at least one of which exists, what status they have, and
 * whether two rows of one relation say the same. Pure.
 */
@FunctionalInterface
public interface StatusRule {
  ParticipantStatus statusOf(@Nullable SourceRow contact, @Nullable SourceRow journey);

  /** Whether two rows of one participant are the same, as when a join doubles one. */
  default boolean saySame(SourceRow one, SourceRow other) {
    return Cells.plain().saySame(one, other);
  }
}
