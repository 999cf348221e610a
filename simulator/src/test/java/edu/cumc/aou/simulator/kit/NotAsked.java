package edu.cumc.aou.simulator.kit;

/** This org cannot be asked about a rule. */
final class NotAsked extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAsked(String why) {
    super(why);
  }
}
