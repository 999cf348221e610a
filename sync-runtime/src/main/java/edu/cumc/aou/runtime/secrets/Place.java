package edu.cumc.aou.runtime.secrets;

/** Where a secret is kept, and the names that its service uses. */
enum Place {
  SECRETS_MANAGER("secret:", "secret", "secretsmanager", "secretsmanager:GetSecretValue"),
  PARAMETER_STORE("ssm:", "parameter", "ssm", "ssm:GetParameter");

  private final String prefix;
  private final String noun;
  private final String service;
  private final String permission;

  Place(String prefix, String noun, String service, String permission) {
    this.prefix = prefix;
    this.noun = noun;
    this.service = service;
    this.permission = permission;
  }

  /** The prefix of a reference to it. */
  String prefix() {
    return prefix;
  }

  /** What it keeps. */
  String noun() {
    return noun;
  }

  /** The name of the service in addresses and signatures. */
  String service() {
    return service;
  }

  /** The permission that a role needs. */
  String permission() {
    return permission;
  }
}
