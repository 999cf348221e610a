package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.JourneyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an undo may put into the recycle bin, and what it may take out again. */
public interface BinRules {

  /**
   * Whether the undo may delete the Contact that a row has created. Rows are asked for in the order
   * of their PMI IDs.
   */
  Verdict onDeletion(Change created);

  /** Whether the undo may take back the deletion of a Contact. */
  Verdict onRestoring(Change deleted);

  /**
   * A decision about a Contact.
   *
   * @param code why not; null if it may
   * @param blames objects or fields that the code is about
   * @param journeys of a deletion those that go with the Contact
   * @param isDone of a restoring whether the Contact is back already
   */
  record Verdict(
      @Nullable String code, List<String> blames, List<JourneyId> journeys, boolean isDone) {

    public Verdict {
      blames = List.copyOf(blames);
      journeys = List.copyOf(journeys);
    }

    /** It may. */
    public static Verdict with(List<JourneyId> journeys) {
      return new Verdict(null, List.of(), journeys, false);
    }

    /** There is nothing to do. */
    public static Verdict done() {
      return new Verdict(null, List.of(), List.of(), true);
    }

    /** It may not. */
    public static Verdict no(String code, List<String> blames) {
      return new Verdict(code, blames, List.of(), false);
    }
  }
}
