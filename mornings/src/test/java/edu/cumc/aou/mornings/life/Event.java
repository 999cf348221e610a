package edu.cumc.aou.mornings.life;

import edu.cumc.aou.sync.model.SyncStep;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens.
 *
 * @param index its number in the schedule that it was drawn for
 * @param day on which day, from 1
 * @param person the number of a participant; 0 for nobody in particular
 * @param detail what exactly: which field, which value, how many calls
 * @param at before which call of the day's run; 0 for before the run; or what {@link #inStep} gives
 */
public record Event(int index, int day, Kind kind, int person, int detail, int at) {

  private static final int IN_STEPS = 10_000;
  private static final int STEP = 100;

  /** Before which call of a step: from 1. */
  static int inStep(SyncStep step, int call) {
    return IN_STEPS + step.ordinal() * STEP + call;
  }

  /**
   * Whether it is time.
   *
   * @param calls how many calls the run has made, with the one that follows
   * @param step null before the first one
   * @param callsOfStep how many of them in this step
   */
  boolean isDue(int calls, @Nullable SyncStep step, int callsOfStep) {
    return at == (at < IN_STEPS || step == null ? calls : inStep(step, callsOfStep));
  }

  private String when() {
    if (at < IN_STEPS) {
      return at == 0 ? "" : ", at call " + at;
    }
    SyncStep step = SyncStep.values()[(at - IN_STEPS) / STEP];
    return ", at call " + at % STEP + " of " + step;
  }

  /** The same person and day, and something else that happens. */
  Event as(Kind other) {
    return new Event(index, day, other, person, detail, at);
  }

  @Override
  public String toString() {
    return "#"
        + index
        + " day "
        + day
        + when()
        + ": "
        + (kind.isPersonal() ? "participant " + person + " " : "")
        + kind.words()
        + " ("
        + detail
        + ")";
  }
}
