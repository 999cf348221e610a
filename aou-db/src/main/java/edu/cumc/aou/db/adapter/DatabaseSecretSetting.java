package edu.cumc.aou.db.adapter;

import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.sync.config.SecretText;

/** A secret of the settings, in the form of this library. */
record DatabaseSecretSetting(SecretText text) implements DatabaseSecret.Source {

  static DatabaseSecret of(SecretText text) {
    return text.isReference()
        ? DatabaseSecret.from(new DatabaseSecretSetting(text))
        : DatabaseSecret.of(text.reveal());
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
