package edu.cumc.aou.runtime.secrets;

/** Reads secrets from AWS. One attempt per call. */
@FunctionalInterface
interface SecretService {

  /**
   * The whole text of a secret, or of a parameter, decrypted.
   *
   * @throws Trouble if it cannot be read
   */
  String read(Place place, String name);
}
