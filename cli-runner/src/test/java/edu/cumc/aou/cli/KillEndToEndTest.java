package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.run.RunServices;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that dies at any write is finished by the next one, with nothing twice. */
class KillEndToEndTest {

  /** Two batches of Contacts, and two of journeys. */
  private static final int PARTICIPANTS = 450;

  /** So short that the lease of a dead run is over when the next one starts. */
  private static final String SHORT_LEASE = "lease = 20ms";

  @TempDir Path directory;

  @Test
  void runThatDiesAtAnyWrite_isFinishedByTheNext() throws IOException {
    Undisturbed undisturbed = undisturbed();
    assertThat(undisturbed.writes).isGreaterThanOrEqualTo(4);

    for (int write = 1; write <= undisturbed.writes; write++) {
      for (boolean applied : new boolean[] {false, true}) {
        Path here = Files.createDirectory(directory.resolve("w" + write + applied));
        try (Site site = new Site(here, PARTICIPANTS)) {
          site.configure(SHORT_LEASE);
          site.run("init");
          site.edges(new Killer(write, applied)::around);
          Result killed = site.run("sync", "--initial-load");
          assertThat(killed.exitCode()).isEqualTo(1);

          site.edges(services -> services);
          Result next = site.run("sync", "--initial-load");

          assertThat(next.exitCode()).as(next.err() + next.out()).isZero();
          assertThat(next.err()).contains("goes on");
          assertThat(site.finalDatabases())
              .as("killed at write %d, %s", write, applied ? "after it" : "before it")
              .isEqualTo(undisturbed.databases);
          assertThat(site.trailOf(1))
              .containsEntry("contact.insert.done", site.org.records("Contact").count())
              .containsEntry("journey.update.done", site.org.records("Contact").count());
          assertThat(site.run("plan").out()).contains("Nothing to send");
        }
      }
    }
  }

  /** A plan says what the next sync does, and that goes on first. */
  @Test
  void planAfterARunThatDied_saysThatTheNextSyncGoesOnWithIt() {
    try (Site site = new Site(directory, PARTICIPANTS)) {
      site.configure(SHORT_LEASE);
      site.run("init");
      site.edges(new Killer(1, false)::around);
      assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(1);
      site.edges(services -> services);

      assertPlanTellsOfRun1(site);
      Result retry = site.run("retry");
      assertThat(retry.exitCode()).isEqualTo(3);
      assertThat(retry.err()).contains("retry: run 1 was interrupted and must be finished first");

      assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
      Result after = site.run("plan");
      assertThat(after.exitCode()).isZero();
      assertThat(after.out()).doesNotContain("first");
    }
  }

  private static void assertPlanTellsOfRun1(Site site) {
    Result plan = site.run("plan");
    assertThat(plan.exitCode()).as(plan.out()).isEqualTo(5);
    assertThat(plan.out())
        .contains("goes on with run 1 (sync), which is under way or was interrupted and has ")
        .contains("aou-sync abandon 1 gives it up", "give it up: aou-sync abandon 1");
    assertThat(site.run("plan", "--json").out())
        .containsPattern("\"interrupted\" : \\{\\s+\"run\" : 1,\\s+\"mode\" : \"sync\",");
  }

  private record Undisturbed(String databases, int writes) {}

  private Undisturbed undisturbed() throws IOException {
    Path here = Files.createDirectory(directory.resolve("undisturbed"));
    try (Site site = new Site(here, PARTICIPANTS)) {
      site.run("init");
      Killer counter = new Killer(Integer.MAX_VALUE, false);
      site.edges(counter::around);
      Result result = site.run("sync", "--initial-load");
      assertThat(result.exitCode()).as(result.err()).isZero();
      return new Undisturbed(site.finalDatabases(), counter.writes);
    }
  }

  /** Dies at the n-th call that writes, before or after Salesforce has done it. */
  private static final class Killer {
    private final int fatal;
    private final boolean applied;
    private int writes;

    Killer(int fatal, boolean applied) {
      this.fatal = fatal;
      this.applied = applied;
    }

    RunServices around(RunServices services) {
      Crm crm =
          (Crm)
              Proxy.newProxyInstance(
                  Crm.class.getClassLoader(),
                  new Class<?>[] {Crm.class},
                  (proxy, method, args) -> {
                    Object[] watched = args;
                    if (method.getName().equals("write")) {
                      watched = new Object[] {args[0], args[1], journal((WriteJournal) args[2])};
                    }
                    return call(services.crm(), method, watched);
                  });
      return new RunServices(
          services.source(),
          crm,
          services.store(),
          services.clock(),
          services.pause(),
          services.listener());
    }

    /** Dies before the call goes out, or after it, before the answer is kept. */
    private WriteJournal journal(WriteJournal journal) {
      return (WriteJournal)
          Proxy.newProxyInstance(
              WriteJournal.class.getClassLoader(),
              new Class<?>[] {WriteJournal.class},
              (proxy, method, args) -> {
                boolean sends = method.getName().equals("sending");
                boolean dies = sends && ++writes == fatal;
                if (dies && !applied) {
                  throw new IllegalStateException("killed");
                }
                if (method.getName().equals("outcomes") && applied && writes == fatal) {
                  throw new IllegalStateException("killed");
                }
                return call(journal, method, args);
              });
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
      try {
        return method.invoke(target, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
