package edu.cumc.aou.salesforce.internal.login;

/** One way to log in. Throws AUTHENTICATION when refused, after which it is not tried again. */
@FunctionalInterface
interface LoginFlow {
  Session login();
}
