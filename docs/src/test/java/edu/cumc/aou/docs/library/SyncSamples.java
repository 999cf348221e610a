package edu.cumc.aou.docs.library;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.typesafe.config.Config;
import edu.cumc.aou.db.guice.DatabaseModule;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.db.store.StoreConfig;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.crm.SalesforceConfig;
import edu.cumc.aou.salesforce.crm.SalesforceCrm;
import edu.cumc.aou.salesforce.guice.SalesforceModule;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.config.ConfigFile;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The samples of the manual that run a sync. */
final class SyncSamples {

  private SyncSamples() {}

  // begin
  record Settings(
      SyncSettings sync, SalesforceSettings salesforce, SourceConfig source, StoreConfig store) {

    static Settings read(Path directory, Map<String, String> environment) {
      Config config =
          ConfigFile.read("aou-sync.conf", directory).resolve(environment, SyncSettings.defaults());
      ConfigProblems problems = new ConfigProblems();
      ConfigSection root = ConfigSection.root(config, problems);
      SyncSettings sync = SyncSettings.read(root);
      var salesforce = SalesforceConfig.read(root);
      var source = SourceConfig.read(root);
      var store = StoreConfig.read(root);
      problems.throwIfAny(); // all of them at once, each with what to do
      return new Settings(sync, salesforce.get(), source.get(), store.get());
    }
  }

  // end

  // begin
  static SyncReport run(Settings settings, Clock clock, Pause pause) {
    String pmiColumn = settings.sync().contact().pmiColumn();
    try (Salesforce salesforce = Salesforce.connect(settings.salesforce());
        SqlParticipantSource source = SqlParticipantSource.open(settings.source(), pmiColumn);
        SqlSyncStore store =
            SqlSyncStore.open(settings.store().database(), settings.store().schema())) {
      Crm crm = SalesforceCrm.create(salesforce, settings.sync());
      RunServices services = new RunServices(source, crm, store, clock, pause, SyncListener.NONE);
      return new DailySync(services, settings.sync()).run(SyncRequest.sync("nightly on host7"));
    }
  }

  // end

  // begin
  static final Pause SLEEP =
      duration -> {
        try {
          Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new SyncException(FailureKind.UNAVAILABLE, "interrupted; run again");
        }
      };

  // end

  // begin
  static int exitCode(DailySync sync, SyncRequest request, Consumer<String> say) {
    try {
      SyncReport report = sync.run(request);
      say.accept(report.contacts() + ", " + report.calls() + " calls");
      report.trips().forEach(t -> say.accept("stopped by " + t.guard()));
      report.errors().forEach(e -> say.accept(e.count() + " x " + e.code()));
      return report.exitCode(false); // 0, 5 if something was refused, 6 if a guard stopped it
    } catch (SyncException e) {
      say.accept(e.getMessage()); // says what to do, and holds no personal data
      return e.kind().exitCode();
    }
  }

  // end

  // begin
  static DailySync withOwnSource(
      ParticipantSource source,
      Salesforce salesforce,
      SyncStore store,
      SyncSettings settings,
      Clock clock,
      Pause pause,
      SyncListener listener) {
    Crm crm = SalesforceCrm.create(salesforce, settings);
    return new DailySync(new RunServices(source, crm, store, clock, pause, listener), settings);
  }

  // end

  // begin
  static SyncListener listener(Consumer<String> log) {
    return new SyncListener() {
      @Override
      public void stepFinished(SyncStep step, Duration took, long calls) {
        log.accept(step + " took " + took.toSeconds() + " s and " + calls + " calls");
      }

      @Override
      public void note(String text) {
        log.accept(text);
      }
    };
  }

  // end

  // begin
  static SyncRequest firstLoad(Clock clock) {
    boolean full = false;
    boolean initialLoad = true; // lifts the guard on inserts while Salesforce has almost none
    return new SyncRequest(
        RunMode.SYNC,
        "nightly on host7",
        full,
        initialLoad,
        null,
        clock.instant().plus(Duration.ofHours(3))); // then it stops; the next run goes on
  }

  // end

  // begin
  static final class SyncModule extends AbstractModule {
    private final SyncSettings settings;
    private final Clock clock;
    private final Pause pause;

    SyncModule(SyncSettings settings, Clock clock, Pause pause) {
      this.settings = settings;
      this.clock = clock;
      this.pause = pause;
    }

    @Override
    protected void configure() {
      bind(SyncSettings.class).toInstance(settings);
    }

    @Provides
    @Singleton
    DailySync sync(ParticipantSource source, Crm crm, SyncStore store) {
      return new DailySync(
          new RunServices(source, crm, store, clock, pause, SyncListener.NONE), settings);
    }
  }

  static SyncReport runInjected(Settings settings, Clock clock, Pause pause) {
    Injector injector =
        Guice.createInjector(
            new SyncModule(settings.sync(), clock, pause),
            new SalesforceModule(settings.salesforce(), Surroundings.real()),
            new DatabaseModule(settings.source(), settings.store()));
    try (Salesforce salesforce = injector.getInstance(Salesforce.class);
        SqlParticipantSource source = injector.getInstance(SqlParticipantSource.class);
        SqlSyncStore store = injector.getInstance(SqlSyncStore.class)) {
      return injector.getInstance(DailySync.class).run(SyncRequest.sync("nightly on host7"));
    }
  }
  // end
}
