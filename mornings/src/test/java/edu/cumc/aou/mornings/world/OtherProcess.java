package edu.cumc.aou.mornings.world;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.crm.SalesforceCrm;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.VirtualClock;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * The syncs of several sites in a process of their own, each in a thread. The test kills the
 * process. It prints {@code ready} when the syncs begin, and then how each of them ended.
 */
public final class OtherProcess {

  /** What is told of a site. */
  private static final int ARGUMENTS = 6;

  private OtherProcess() {}

  /** Of each site: database, org, client id, client secret, time at the beginning, settings. */
  public static void main(String[] arguments) throws InterruptedException {
    int sites = arguments.length / ARGUMENTS;
    CountDownLatch ready = new CountDownLatch(sites);
    CountDownLatch over = new CountDownLatch(sites);
    for (int i = 0; i < sites; i++) {
      int site = i;
      List<String> told =
          Arrays.asList(arguments).subList(site * ARGUMENTS, (site + 1) * ARGUMENTS);
      new Thread(
              () -> {
                String end = "dies";
                try {
                  end = run(told, ready);
                } finally {
                  System.out.println("over " + site + " " + end);
                  ready.countDown();
                  over.countDown();
                }
              })
          .start();
    }
    ready.await();
    System.out.println("ready");
    over.await();
    System.exit(0);
  }

  /** One sync; gives its exit code, and why it stopped if it did. */
  private static String run(List<String> told, CountDownLatch ready) {
    VirtualClock clock = new VirtualClock(Instant.parse(told.get(4)));
    VirtualPause pause = new VirtualPause(clock);
    SyncSettings settings = Life.settings(told.get(5));
    DatabaseSettings database = DatabaseSettings.of(told.get(0));
    try (SqlParticipantSource source = StoreFixture.source(database, settings);
        SqlSyncStore store = SqlSyncStore.open(database, "dbo", clock);
        Salesforce salesforce =
            Salesforce.connect(
                SalesforceSettings.builder(
                        URI.create(told.get(1)),
                        new SalesforceAuth.ClientCredentials(told.get(2), Secret.of(told.get(3))))
                    .build(),
                new Surroundings(clock, pause::forDuration, new Random(7), Optional.empty()))) {
      RunServices services =
          new RunServices(
              source,
              SalesforceCrm.create(salesforce, settings),
              store,
              clock,
              pause,
              SyncListener.NONE);
      ready.countDown();
      ready.await();
      return String.valueOf(
          new DailySync(services, settings).run(SyncRequest.sync("test")).exitCode(false));
    } catch (SyncException e) {
      return e.kind().exitCode() + " " + e.getMessage();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
