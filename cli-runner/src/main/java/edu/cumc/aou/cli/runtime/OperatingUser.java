package edu.cumc.aou.cli.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who runs this process. The audit trail names them, two persons are told apart by it, and it says
 * who may see personal data; so it comes from the operating system, and from nothing that the user
 * can set.
 *
 * @param user the user's name, on Windows with the domain, as {@code whoami} says it
 * @param host the machine
 */
public record OperatingUser(String user, String host) {

  /** The owner of this process. */
  public static OperatingUser ofProcess() {
    return new OperatingUser(
        // the property user.name would be shorter, and is what -Duser.name=… says
        ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name", "")),
        localHost());
  }

  /** The user and the machine. */
  public String atHost() {
    return (user.isBlank() ? "somebody" : user) + " on " + host;
  }

  /** The machine. */
  public static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
