package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.port.SyncListener;
import java.io.PrintStream;
import java.time.Clock;

/** Shows the progress of a run on stderr. Not thread-safe; the caller closes it. */
public interface Progress extends AutoCloseable {

  /** Listens to the run. */
  SyncListener listener();

  @Override
  void close();

  /**
   * A bar for a terminal, plain lines for everything else.
   *
   * @param width of the terminal; 0 if there is none
   */
  static Progress on(PrintStream err, Clock clock, int width) {
    PlainProgress lines = new PlainProgress(err, clock, width);
    if (width > 0) {
      return new BarProgress(err, lines);
    }
    return new Progress() {
      @Override
      public SyncListener listener() {
        return lines;
      }

      @Override
      public void close() {
        err.flush();
      }
    };
  }
}
