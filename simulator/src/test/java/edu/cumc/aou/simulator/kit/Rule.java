package edu.cumc.aou.simulator.kit;

/**
 * A rule of docs/simulator.md that any org can be asked about.
 *
 * @param number its number there; several questions may belong to one
 */
record Rule(int number, String question, Probe probe) {

  /** Asks; an assertion that fails says that the org differs. */
  interface Probe {
    void ask(AskedOrg org);
  }
}
