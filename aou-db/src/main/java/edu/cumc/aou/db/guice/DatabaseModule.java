package edu.cumc.aou.db.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import edu.cumc.aou.db.sync.SourceConfig;
import edu.cumc.aou.db.sync.SqlParticipantSource;
import edu.cumc.aou.db.sync.SqlSyncStore;
import edu.cumc.aou.db.sync.StoreConfig;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SyncStore;

/**
 * Binds the participant source and the store. Needs {@link SyncSettings} bound by another module.
 * Guice closes nothing: who owns the injector closes {@link SqlParticipantSource} and {@link
 * SqlSyncStore}.
 */
public final class DatabaseModule extends AbstractModule {

  private final SourceConfig source;
  private final StoreConfig store;

  public DatabaseModule(SourceConfig source, StoreConfig store) {
    this.source = source;
    this.store = store;
  }

  @Override
  protected void configure() {
    requireBinding(SyncSettings.class);
  }

  @Provides
  @Singleton
  SqlParticipantSource sqlSource(SyncSettings settings) {
    return SqlParticipantSource.open(source, settings.contact().pmiColumn());
  }

  @Provides
  @Singleton
  ParticipantSource source(SqlParticipantSource source) {
    return source;
  }

  @Provides
  @Singleton
  SqlSyncStore sqlStore() {
    return SqlSyncStore.open(store.database(), store.schema());
  }

  @Provides
  @Singleton
  SyncStore store(SqlSyncStore store) {
    return store;
  }
}
