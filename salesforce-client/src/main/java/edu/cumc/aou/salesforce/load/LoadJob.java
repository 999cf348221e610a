package edu.cumc.aou.salesforce.load;

/**
 * A job of a load before, as its journal knows it.
 *
 * @param started whether the journal was told that it starts
 */
public record LoadJob(String id, boolean started) {

  /** Without the id. */
  @Override
  public String toString() {
    return "LoadJob[started=" + started + "]";
  }
}
