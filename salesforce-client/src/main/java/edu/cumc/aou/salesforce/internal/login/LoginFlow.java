package edu.cumc.aou.salesforce.internal.login;

/** One way to log in. Throws AUTHENTICATION if refused, and then must not be tried again. */
@FunctionalInterface
interface LoginFlow {
  Session login();
}
