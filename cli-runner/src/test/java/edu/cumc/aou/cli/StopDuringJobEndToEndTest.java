package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator stops a sync while Salesforce works on an ingest job. */
class StopDuringJobEndToEndTest {

  @TempDir private Path directory;

  private final AtomicReference<StopSignal> signal = new AtomicReference<>();

  /** The first look at a job that is at work is the moment. */
  private void stopOnceAJobIsWatched(LoggedRequest request) {
    if (request.method().equals("GET") && request.path().contains("/jobs/ingest/")) {
      StopSignal stop = signal.getAndSet(null);
      if (stop != null) {
        stop.stop();
      }
    }
  }

  @Test
  void stop_saysWhatTheJobStillHasToDo_andTheNextSyncTakesUpWhatCameOfIt() {
    try (Site site =
        new Site(directory, 40, false, org -> org.onRequest(this::stopOnceAJobIsWatched))) {
      site.configure("bulk.threshold = 1");
      site.run("init");
      site.org.faults().on("POST", ".+/jobs/ingest", 1, Fault.jobStuck(3));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
      StopSignal stop = new StopSignal(errors);
      signal.set(stop);

      Main.run(
          new String[] {"sync", "--initial-load"},
          new PrintStream(out, true, StandardCharsets.UTF_8),
          errors,
          site.world(),
          stop);

      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("stopping after the call under way", "Salesforce still works on an ingest job")
          .containsPattern("with [0-9]+ of [0-9]+ records to go")
          .contains("the next sync takes up what came of it");
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("Run 1 (sync): suspended");
      assertThat(site.run("status").out())
          .contains("sync (run 1), stopped by somebody: the next sync goes on with run 1")
          .doesNotContain("exit 143");
      assertThat(site.run("status", "1").out())
          .containsPattern("Stopped by somebody on .*: the next sync goes on");
      assertThat(site.run("abandon", "99").exitCode()).isEqualTo(3);

      site.org.faults().clear();
      Result given = site.run("abandon", "1");
      assertThat(given.out()).contains("1 ingest job ended");
      assertThat(site.trailOf(1).getOrDefault("contact.insert.done", 0L))
          .isEqualTo(site.org.records("Contact").count());
      Result next = site.nextMorning("sync", "--initial-load");
      assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
      assertThat(site.org.records("Contact").map(c -> c.get("HP_PMI_ID__c")).toList())
          .doesNotHaveDuplicates();
      assertThat(site.trailOf(2)).containsKey("journey.update.done");
      assertThat(site.run("abandon", "1").err()).contains("is over (abandoned)");
    }
  }
}
