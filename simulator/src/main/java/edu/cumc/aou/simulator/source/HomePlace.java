package edu.cumc.aou.simulator.source;

import java.util.List;

/** A state and the first digits of its ZIP codes; the site's neighbourhood comes most often. */
record HomePlace(String state, String zipPrefix) {
  static final List<HomePlace> ALL =
      List.of(
          new HomePlace("NY", "100"),
          new HomePlace("NY", "100"),
          new HomePlace("NY", "100"),
          new HomePlace("NY", "100"),
          new HomePlace("NY", "104"),
          new HomePlace("NY", "104"),
          new HomePlace("NY", "104"),
          new HomePlace("NY", "112"),
          new HomePlace("NY", "112"),
          new HomePlace("NY", "113"),
          new HomePlace("NY", "107"),
          new HomePlace("NJ", "070"),
          new HomePlace("NJ", "076"),
          new HomePlace("CT", "068"),
          new HomePlace("MA", "021"),
          new HomePlace("PA", "191"),
          new HomePlace("FL", "331"),
          new HomePlace("PR", "009"),
          new HomePlace("CA", "900"),
          new HomePlace("AK", "995"));
}
