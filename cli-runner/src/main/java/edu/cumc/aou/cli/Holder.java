package edu.cumc.aou.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How a run of this process is called for whoever comes second. */
final class Holder {

  private Holder() {}

  static String name() {
    return "aou-sync on " + host() + ", process " + ProcessHandle.current().pid();
  }

  /** Who decides something, as the operating system knows them. */
  static String person() {
    return System.getProperty("user.name", "somebody") + " on " + host();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
