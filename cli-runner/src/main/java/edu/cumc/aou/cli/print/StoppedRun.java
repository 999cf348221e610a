package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.port.RunTable.Run;

/** One line about a run that had something to send and has not sent it, or not yet. */
public final class StoppedRun {

  private StoppedRun() {}

  /** How it ended, and what to do. */
  public static String line(Run run) {
    String name = "Run " + run.id();
    return switch (run.state()) {
      case GUARDED ->
          name
              + " was stopped by a guard and sent nothing; why, and what to do: aou-sync failures "
              + run.id();
      case FAILED -> name + " was stopped by an error; aou-sync check says what is wrong now";
      case ABANDONED ->
          name + " was given up before it was finished; the next aou-sync sync plans afresh";
      case SUSPENDED -> name + " is not over; aou-sync sync goes on with it";
      case PLANNING, PLANNED, APPLYING ->
          name + " is under way, or was interrupted; then aou-sync sync goes on with what is left";
      case DONE, PARTIAL ->
          throw new IllegalArgumentException("a run that is done was not stopped");
    };
  }
}
