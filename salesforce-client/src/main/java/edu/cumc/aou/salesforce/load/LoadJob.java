package edu.cumc.aou.salesforce.load;

/**
 * A job of an earlier load, as its journal knows it.
 *
 * @param started whether the journal was told that it starts
 */
public record LoadJob(String id, boolean started) {

  @Override
  public String toString() {
    return "LoadJob[started=" + started + "]";
  }
}
