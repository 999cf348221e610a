package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.SyncListener;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Progress as plain lines, for logs and pipes: one per step, and a sign of life in long ones. */
final class PlainProgress implements SyncListener {

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final PrintStream out;
  private final Clock clock;
  private final int width;
  private Instant last;

  PlainProgress(PrintStream out, Clock clock, int width) {
    this.out = out;
    this.clock = clock;
    this.width = width;
    this.last = clock.instant();
  }

  @Override
  public void runStarted(RunId run, RunMode mode, boolean resumed) {
    say("Run " + run + " (" + Words.lower(mode) + ")" + (resumed ? " goes on" : " begins"));
  }

  @Override
  public void stepStarted(SyncStep step) {
    last = clock.instant();
  }

  @Override
  public void progress(SyncStep step, long done, long total) {
    if (Duration.between(last, clock.instant()).compareTo(SIGN_OF_LIFE) >= 0) {
      last = clock.instant();
      String of = total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total);
      say(step.title() + " ... " + String.format(Locale.ROOT, "%,d", done) + of);
    }
  }

  @Override
  public void stepFinished(SyncStep step, Duration duration, long calls) {
    say(step.title() + ": " + Words.duration(duration) + ", " + Words.count(calls, "call"));
  }

  @Override
  public void note(String text) {
    say("Note: " + text);
  }

  private void say(String line) {
    out.println(Wrapped.text(line, width));
  }
}
