package edu.cumc.aou.cli.runtime;

import java.util.Optional;

/** The version of this program. */
public final class ProgramVersion {

  private ProgramVersion() {}

  /** From the jar; {@code development} for classes outside a jar. */
  public static String text() {
    return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
