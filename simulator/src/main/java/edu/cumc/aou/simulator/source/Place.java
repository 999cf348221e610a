package edu.cumc.aou.simulator.source;

import java.util.List;

/**
 * A state and the first digits of its ZIP codes; the neighbourhood of the site comes most often.
 */
record Place(String state, String zipPrefix) {
  static final List<Place> ALL =
      List.of(
          new Place("NY", "100"),
          new Place("NY", "100"),
          new Place("NY", "100"),
          new Place("NY", "100"),
          new Place("NY", "104"),
          new Place("NY", "104"),
          new Place("NY", "104"),
          new Place("NY", "112"),
          new Place("NY", "112"),
          new Place("NY", "113"),
          new Place("NY", "107"),
          new Place("NJ", "070"),
          new Place("NJ", "076"),
          new Place("CT", "068"),
          new Place("MA", "021"),
          new Place("PA", "191"),
          new Place("FL", "331"),
          new Place("PR", "009"),
          new Place("CA", "900"),
          new Place("AK", "995"));
}
