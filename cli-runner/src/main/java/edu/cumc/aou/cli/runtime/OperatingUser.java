package edu.cumc.aou.cli.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The person who runs this process. The audit trail names them, two-person rules compare them, and
 * they decide whether personal data may be shown. So the name comes from the operating system, not
 * from anything that the user can set.
 *
 * @param user the user's name, on Windows with the domain, as {@code whoami} prints it
 * @param host the machine
 */
public record OperatingUser(String user, String host) {

  /** The owner of this process. */
  public static OperatingUser ofProcess() {
    return new OperatingUser(
        // The property user.name is shorter, but -Duser.name=… can change it.
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
