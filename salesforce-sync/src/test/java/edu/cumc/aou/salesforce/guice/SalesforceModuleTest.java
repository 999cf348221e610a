package edu.cumc.aou.salesforce.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.crm.SalesforceCrm;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SalesforceModuleTest {

  private static SalesforceModule module() {
    return new SalesforceModule(
        SalesforceSettings.builder(
                new SalesforceAuth.ReadySession(
                    Secret.of("x"), URI.create("https://x.example.org")))
            .build(),
        new VirtualTime().surroundings());
  }

  @Test
  void injector_givesOneClientAndThePortOverIt() {
    SyncSettings settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString("contact.account-id = 001000000000001AAA")
                    .withFallback(SyncSettings.defaults())
                    .resolve(),
                new ConfigProblems()));
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            module(),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                binder().requireAtInjectOnConstructors();
                binder().requireExactBindingAnnotations();
                binder().disableCircularProxies();
                bind(SyncSettings.class).toInstance(settings);
              }
            });

    try (Salesforce salesforce = injector.getInstance(Salesforce.class)) {
      assertThat(injector.getInstance(Salesforce.class)).isSameAs(salesforce);
      assertThat(injector.getInstance(Crm.class)).isInstanceOf(SalesforceCrm.class);
      assertThat(salesforce.usage().total()).isZero();
    }
  }

  @Test
  void missingSyncSettings_areNoticedAtOnce() {
    assertThatThrownBy(() -> Guice.createInjector(module()))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("SyncSettings");
  }
}
