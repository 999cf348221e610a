package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.SyncListener;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Progress as a bar, for a terminal. */
final class BarProgress implements Progress {

  private final PrintStream out;
  private final PlainProgress lines;
  private @Nullable ProgressBar bar;

  BarProgress(PrintStream out, PlainProgress lines) {
    this.out = out;
    this.lines = lines;
  }

  @Override
  public SyncListener listener() {
    return new Listener();
  }

  /** Removes the bar, so that an error does not end up on its line. */
  @Override
  public void close() {
    ProgressBar open = bar;
    bar = null;
    if (open != null) {
      open.close();
    }
  }

  private final class Listener implements SyncListener {

    @Override
    public void runStarted(RunId run, RunMode mode, boolean resumed) {
      lines.runStarted(run, mode, resumed);
    }

    @Override
    public void progress(SyncStep step, long done, long total) {
      ProgressBar open = bar;
      if (open == null) {
        open =
            new ProgressBarBuilder()
                .setInitialMax(total)
                .setRenderer(new NarrowBar(step.title()))
                .setConsumer(new ConsoleProgressBarConsumer(out, NarrowBar.WIDTH))
                .clearDisplayOnFinish()
                .build();
        bar = open;
      }
      open.maxHint(total);
      open.stepTo(done);
    }

    @Override
    public void stepFinished(SyncStep step, Duration duration, long calls) {
      close();
      lines.stepFinished(step, duration, calls);
    }

    @Override
    public void note(String text) {
      close();
      lines.note(text);
    }
  }
}
