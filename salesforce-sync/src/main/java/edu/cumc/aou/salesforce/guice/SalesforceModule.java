package edu.cumc.aou.salesforce.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.crm.SalesforceCrm;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.settings.SyncSettings;

/**
 * Binds {@link Salesforce} and the sync's {@link Crm}. Needs {@link SyncSettings} bound by another
 * module. Guice closes nothing: the owner of the injector closes the {@link Salesforce}.
 */
public final class SalesforceModule extends AbstractModule {

  private final SalesforceSettings settings;
  private final Surroundings surroundings;

  public SalesforceModule(SalesforceSettings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
  }

  @Override
  protected void configure() {
    requireBinding(SyncSettings.class);
  }

  @Provides
  @Singleton
  Salesforce salesforce() {
    return Salesforce.connect(settings, surroundings);
  }

  @Provides
  @Singleton
  Crm crm(Salesforce salesforce, SyncSettings sync) {
    return SalesforceCrm.create(salesforce, sync);
  }
}
