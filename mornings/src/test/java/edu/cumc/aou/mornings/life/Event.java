package edu.cumc.aou.mornings.life;

/**
 * Something that happens.
 *
 * @param index its number in the schedule that it was drawn for
 * @param day on which day, from 1
 * @param person the number of a participant; 0 for nobody in particular
 * @param detail what exactly: which field, which value, how many calls
 * @param at before which call of the day's run; 0 for before the run
 */
public record Event(int index, int day, Kind kind, int person, int detail, int at) {

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
        + (at == 0 ? "" : ", at call " + at)
        + ": "
        + (kind.isPersonal() ? "participant " + person + " " : "")
        + kind.words()
        + " ("
        + detail
        + ")";
  }
}
