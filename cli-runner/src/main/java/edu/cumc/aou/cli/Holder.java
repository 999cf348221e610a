package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.OperatingUser;

/** The name of this process, as a second run shows it. */
final class Holder {

  private Holder() {}

  static String name() {
    return "aou-sync on "
        + OperatingUser.localHost()
        + ", process "
        + ProcessHandle.current().pid();
  }
}
