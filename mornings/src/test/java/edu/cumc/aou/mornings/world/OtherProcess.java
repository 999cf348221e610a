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
import java.util.Optional;
import java.util.Random;

/** One sync in a process of its own, which somebody kills. Says {@code ready} when it begins. */
public final class OtherProcess {

  private OtherProcess() {}

  /** Database, org, client id, client secret, time at the beginning, settings. */
  public static void main(String[] arguments) {
    VirtualClock clock = new VirtualClock(Instant.parse(arguments[4]));
    VirtualPause pause = new VirtualPause(clock);
    SyncSettings settings = Life.settings(arguments[5]);
    int exit;
    try (SqlParticipantSource source =
            StoreFixture.source(DatabaseSettings.of(arguments[0]), settings);
        SqlSyncStore store = SqlSyncStore.open(DatabaseSettings.of(arguments[0]), "dbo", clock);
        Salesforce salesforce =
            Salesforce.connect(
                SalesforceSettings.builder(
                        URI.create(arguments[1]),
                        new SalesforceAuth.ClientCredentials(arguments[2], Secret.of(arguments[3])))
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
      System.out.println("ready");
      exit = new DailySync(services, settings).run(SyncRequest.sync("test")).exitCode(false);
    } catch (SyncException e) {
      System.out.println(e.getMessage());
      exit = e.kind().exitCode();
    }
    System.out.println("over");
    System.exit(exit);
  }
}
