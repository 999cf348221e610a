package edu.cumc.aou.simulator.salesforce;

/** A part of the API: adds its paths to the router. */
interface Resource {
  void register(Router router);
}
