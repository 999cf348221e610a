package edu.cumc.aou.runtime.secrets;

/** Reads what is kept in AWS. One attempt a call. */
@FunctionalInterface
interface SecretService {

  /**
   * The whole text of a secret, or of a parameter, deciphered.
   *
   * @throws Trouble if it is not to be had
   */
  String read(Place place, String name);
}
