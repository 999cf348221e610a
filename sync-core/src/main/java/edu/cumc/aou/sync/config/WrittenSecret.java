package edu.cumc.aou.sync.config;

/** A secret that is written in the settings themselves. */
final class WrittenSecret implements SecretText {

  private final String text;

  WrittenSecret(String text) {
    this.text = text;
  }

  @Override
  public String reveal() {
    return text;
  }

  @Override
  public boolean renew() {
    return false;
  }

  @Override
  public boolean isReference() {
    return false;
  }

  @Override
  public String toString() {
    return "SecretText[hidden]";
  }
}
