package edu.cumc.aou.lambda;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.matcher.Matchers;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.RunServices;

/** The sync itself, of what the libraries' modules bind. */
final class RuntimeModule extends AbstractModule {

  private final SyncSettings settings;
  private final Surroundings surroundings;
  private final Closer closer;

  RuntimeModule(SyncSettings settings, Surroundings surroundings, Closer closer) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.closer = closer;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
    bindListener(Matchers.any(), closer);
    bind(SyncSettings.class).toInstance(settings);
  }

  @Provides
  @Singleton
  DailySync sync(ParticipantSource source, Crm crm, SyncStore store) {
    return new DailySync(
        new RunServices(
            source, crm, store, surroundings.clock(), surroundings.pause(), new LogListener()),
        settings);
  }
}
