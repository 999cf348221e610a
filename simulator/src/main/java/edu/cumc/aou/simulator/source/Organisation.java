package edu.cumc.aou.simulator.source;

/** The three organisations of the consortium, with the one site each has here. */
enum Organisation {
  COLUMBIA_COLUMBIA("irvingcolumbia"),
  COLUMBIA_WEILL("weillcornell"),
  COLUMBIA_HARLEM("harlem");

  private final String site;

  Organisation(String site) {
    this.site = site;
  }

  String site() {
    return site;
  }
}
