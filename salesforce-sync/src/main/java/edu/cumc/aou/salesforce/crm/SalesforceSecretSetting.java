package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.sync.config.SecretText;

/** A secret of the settings, in the form of this library. */
record SalesforceSecretSetting(SecretText text) implements Secret.Source {

  static Secret of(SecretText text) {
    return text.isReference()
        ? Secret.from(new SalesforceSecretSetting(text))
        : Secret.of(text.reveal());
  }

  @Override
  public String read() {
    return text.reveal();
  }

  @Override
  public boolean renew() {
    return text.renew();
  }
}
