package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
      VI US VIRGIN ISLANDS
      AA ARMED FORCES AMERICAS
      AE ARMED FORCES EUROPE
      AP ARMED FORCES PACIFIC
      """;

  /** Other names that exports and forms use. */
  private static final String ALIASES =
      """
      DC WASHINGTON DC
      DC WASHINGTON D C
      DC D C
      FM MICRONESIA
      MH REPUBLIC OF THE MARSHALL ISLANDS
      MP COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS
      MP NORTHERN MARIANAS
      PR COMMONWEALTH OF PUERTO RICO
      PW REPUBLIC OF PALAU
      VI VIRGIN ISLANDS
      VI VIRGIN ISLANDS US
      VI VIRGIN ISLANDS OF THE US
      VI VIRGIN ISLANDS OF THE UNITED STATES
      VI USVI
      AA ARMED FORCES THE AMERICAS
      """;

  /** Prefixes of a code or a name that mean nothing. */
  private static final List<String> PREFIXES =
      List.of("PIISTATE_", "US-", "STATE OF ", "THE ", "US ", "U S ", "UNITED STATES ");

  private static final Map<String, State> STATES = new HashMap<>();

  static {
    TABLE
        .lines()
        .forEach(
            line -> {
              State state = new State(line.substring(0, 2), line.substring(3).strip());
              STATES.put(state.code(), state);
              STATES.put(state.name(), state);
            });
    ALIASES
        .lines()
        .forEach(
            line ->
                STATES.put(
                    line.substring(3).strip(),
                    Objects.requireNonNull(STATES.get(line.substring(0, 2)))));
  }

  private UsStates() {}

  /**
   * A state of the postal service.
   *
   * @param name in upper case
   */
  record State(String code, String name) {}

  /** The state with this code or name, in any case, spacing and punctuation. */
  static Optional<State> find(String codeOrName) {
    String text = folded(codeOrName);
    State state = STATES.get(text);
    for (int i = 0; state == null && i < PREFIXES.size(); i++) {
      if (text.startsWith(PREFIXES.get(i))) {
        state = STATES.get(text.substring(PREFIXES.get(i).length()));
      }
    }
    return Optional.ofNullable(state);
  }

  private static String folded(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != ',' && c != '(' && c != ')') {
        kept.append(c);
      }
    }
    return Texts.spaced(kept.toString()).toUpperCase(Locale.ROOT);
  }
}
