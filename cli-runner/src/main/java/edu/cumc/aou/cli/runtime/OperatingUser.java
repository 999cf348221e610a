package edu.cumc.aou.cli.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs this process, as the operating system knows them. */
public final class OperatingUser {

  private OperatingUser() {}

  /** The user's name. */
  public static String user() {
    return System.getProperty("user.name", "somebody");
  }

  /** The user and the machine. */
  public static String atHost() {
    return user() + " on " + host();
  }

  /** The machine. */
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
