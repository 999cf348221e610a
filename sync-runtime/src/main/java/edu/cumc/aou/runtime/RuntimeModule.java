package edu.cumc.aou.runtime;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.matcher.Matchers;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.RunHooks;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;

/** Binds the sync itself, from what the libraries' modules bind. */
final class RuntimeModule extends AbstractModule {

  private final SyncSettings settings;
  private final Outside outside;
  private final SyncListener listener;
  private final RunHooks hooks;
  private final Closer closer;

  RuntimeModule(
      SyncSettings settings,
      Outside outside,
      SyncListener listener,
      RunHooks hooks,
      Closer closer) {
    this.settings = settings;
    this.outside = outside;
    this.listener = listener;
    this.hooks = hooks;
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
  RunServices services(ParticipantSource source, Crm crm, SyncStore store) {
    return outside
        .edges()
        .apply(
            new RunServices(source, crm, store, outside.clock(), outside.pause(), listener, hooks));
  }

  @Provides
  @Singleton
  DailySync sync(RunServices services) {
    return new DailySync(services, settings);
  }
}
