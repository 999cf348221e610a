package edu.cumc.aou.mornings.world;

/** The end of a process: no code of it runs on to any effect. */
public final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  public Killed() {
    super("killed on purpose", null, false, false);
  }
}
