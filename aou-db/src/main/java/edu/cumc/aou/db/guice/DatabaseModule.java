package edu.cumc.aou.db.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.db.store.StoreConfig;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.settings.SyncSettings;

/**
 * Binds the participant source and the store. Needs {@link SyncSettings} bound by another module.
 * Guice closes nothing: the owner of the injector closes {@link SqlParticipantSource} and {@link
 * SqlSyncStore}.
 */
public final class DatabaseModule extends AbstractModule {

  private final SourceConfig source;
  private final StoreConfig store;
  private final String who;

  /** Without a user for the audit trail. */
  public DatabaseModule(SourceConfig source, StoreConfig store) {
    this(source, store, "somebody");
  }

  /**
   * With a user for the audit trail.
   *
   * @param who the person or function that the audit trail names
   */
  public DatabaseModule(SourceConfig source, StoreConfig store, String who) {
    this.source = source;
    this.store = store;
    this.who = who;
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
    return SqlSyncStore.open(store.database(), store.schema()).by(who);
  }

  @Provides
  @Singleton
  SyncStore store(SqlSyncStore store) {
    return store;
  }
}
