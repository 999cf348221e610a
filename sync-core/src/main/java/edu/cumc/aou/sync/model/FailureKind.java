package edu.cumc.aou.sync.model;

/** Why a run, or a command, stopped as a whole. */
public enum FailureKind {
  /** A setting, a missing table or field, a missing permission: a person must change something. */
  CONFIG(3),
  /** Login refused. */
  AUTH(3),
  /** Unreachable, overloaded or half loaded: the same command may work later. */
  UNAVAILABLE(4),
  /** The org's API calls are used up. */
  THROTTLED(4),
  /** The other side gave an answer that the protocol does not allow. */
  PROTOCOL(4),
  /** A guard refused before the first write. */
  GUARDED(6),
  /** Another run holds the lease. */
  ALREADY_RUNNING(7),
  /** A defect of this program. */
  BUG(1);

  private final int exitCode;

  FailureKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of the command line program. */
  public int exitCode() {
    return exitCode;
  }
}
