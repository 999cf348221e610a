package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import org.jspecify.annotations.Nullable;

/**
 * Says what status a participant has by looking at their rows, at least one of which is there, and
 * whether two rows of one relation say the same. Pure.
 */
@FunctionalInterface
public interface StatusRule {
  ParticipantStatus statusOf(@Nullable SourceRow contact, @Nullable SourceRow journey);

  /** Whether two rows of one participant are one, as a join doubles them. */
  default boolean saySame(SourceRow one, SourceRow other) {
    return Cells.plain().saySame(one, other);
  }
}
