package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import org.jspecify.annotations.Nullable;

/**
 * Says what status a participant has by looking at their rows; at least one of them is there. Pure.
 */
@FunctionalInterface
public interface StatusRule {
  ParticipantStatus statusOf(@Nullable SourceRow contact, @Nullable SourceRow journey);
}
