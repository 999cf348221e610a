package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.JourneyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what an undo may put into the recycle bin, and what it may take out again. */
public interface BinRules {

  /**
   * Whether the undo may delete the Contact that a row created. Callers ask in the order of PMI
   * IDs.
   */
  Verdict onDeletion(Change created);

  /** Whether the undo may take back the deletion of a Contact. */
  Verdict onRestoring(Change deleted);

  /**
   * A decision about a Contact.
   *
   * @param code why not; null if allowed
   * @param blames objects or fields that the code is about
   * @param journeys those that a deletion takes along
   * @param isDone whether the Contact to restore is already back, or the one to delete is gone
   */
  record Verdict(
      @Nullable String code, List<String> blames, List<JourneyId> journeys, boolean isDone) {

    public Verdict {
      blames = List.copyOf(blames);
      journeys = List.copyOf(journeys);
    }

    /** Allowed. */
    public static Verdict with(List<JourneyId> journeys) {
      return new Verdict(null, List.of(), journeys, false);
    }

    /** Nothing to do. */
    public static Verdict done() {
      return new Verdict(null, List.of(), List.of(), true);
    }

    /** Not allowed. */
    public static Verdict no(String code, List<String> blames) {
      return new Verdict(code, blames, List.of(), false);
    }
  }
}
