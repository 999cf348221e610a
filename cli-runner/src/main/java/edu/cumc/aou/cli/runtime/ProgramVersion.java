package edu.cumc.aou.cli.runtime;

import java.util.Optional;

/** The version of this program. */
public final class ProgramVersion {

  private ProgramVersion() {}

  /** As the jar states it; {@code development} for classes that are in no jar. */
  public static String text() {
    return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
