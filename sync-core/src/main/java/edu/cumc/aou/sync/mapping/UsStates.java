package edu.cumc.aou.sync.mapping;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The states, territories and military post codes of the US Postal Service, by code and by name.
 */
final class UsStates {

  private static final String TABLE =
      """
      AL ALABAMA
      AK ALASKA
      AZ ARIZONA
      AR ARKANSAS
      CA CALIFORNIA
      CO COLORADO
      CT CONNECTICUT
      DE DELAWARE
      DC DISTRICT OF COLUMBIA
      FL FLORIDA
      GA GEORGIA
      HI HAWAII
      ID IDAHO
      IL ILLINOIS
      IN INDIANA
      IA IOWA
      KS KANSAS
      KY KENTUCKY
      LA LOUISIANA
      ME MAINE
      MD MARYLAND
      MA MASSACHUSETTS
      MI MICHIGAN
      MN MINNESOTA
      MS MISSISSIPPI
      MO MISSOURI
      MT MONTANA
      NE NEBRASKA
      NV NEVADA
      NH NEW HAMPSHIRE
      NJ NEW JERSEY
      NM NEW MEXICO
      NY NEW YORK
      NC NORTH CAROLINA
      ND NORTH DAKOTA
      OH OHIO
      OK OKLAHOMA
      OR OREGON
      PA PENNSYLVANIA
      RI RHODE ISLAND
      SC SOUTH CAROLINA
      SD SOUTH DAKOTA
      TN TENNESSEE
      TX TEXAS
      UT UTAH
      VT VERMONT
      VA VIRGINIA
      WA WASHINGTON
      WV WEST VIRGINIA
      WI WISCONSIN
      WY WYOMING
      AS AMERICAN SAMOA
      FM FEDERATED STATES OF MICRONESIA
      GU GUAM
      MH MARSHALL ISLANDS
      MP NORTHERN MARIANA ISLANDS
      PR PUERTO RICO
      PW PALAU
      VI VIRGIN ISLANDS
      AA ARMED FORCES AMERICAS
      AE ARMED FORCES EUROPE
      AP ARMED FORCES PACIFIC
      """;

  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    TABLE
        .lines()
        .forEach(
            line -> {
              String name = line.substring(3).strip();
              NAMES.put(line.substring(0, 2), name);
              NAMES.put(name, name);
            });
  }

  private UsStates() {}

  /** The upper-case name for a code or a name in any case and spacing; empty for others. */
  static Optional<String> name(String codeOrName) {
    return Optional.ofNullable(
        NAMES.get(codeOrName.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ")));
  }
}
