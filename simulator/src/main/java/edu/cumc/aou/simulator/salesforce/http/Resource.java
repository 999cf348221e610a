package edu.cumc.aou.simulator.salesforce.http;

/** A part of the API: adds its paths to the router. */
public interface Resource {
  void register(Router router);
}
