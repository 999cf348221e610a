package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.OperatingUser;

/** How a run of this process is called for whoever comes second. */
final class Holder {

  private Holder() {}

  static String name() {
    return "aou-sync on "
        + OperatingUser.localHost()
        + ", process "
        + ProcessHandle.current().pid();
  }
}
