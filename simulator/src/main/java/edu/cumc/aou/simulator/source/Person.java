package edu.cumc.aou.simulator.source;

import edu.cumc.aou.simulator.source.Draw.Topic;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a person that the days do not change. An answer by version differs for each version.
 * Immutable.
 */
final class Person {
  private static final List<String> RACES =
      List.of(
          "White",
          "White",
          "White",
          "Black or African American",
          "Black or African American",
          "Hispanic, Latino, or Spanish",
          "Hispanic, Latino, or Spanish",
          "Asian",
          "H/L/S and White",
          "H/L/S and Black",
          "More than one race",
          "Middle Eastern or North African",
          "American Indian / Alaska Native",
          "Other",
          "Prefer Not To Answer",
          "Skip");

  private static final List<String> EDUCATIONS =
      List.of(
          "Grades 5 through 8",
          "Grades 9 through 11",
          "High school graduate or GED",
          "1 to 3 years after high school",
          "College graduate",
          "Advanced degree (Master's, Doctorate, etc.)",
          "Prefer Not To Answer",
          "Skip");

  private static final List<String> GENDERS =
      List.of("Non-binary", "Transgender", "Other", "Prefer Not To Answer", "Skip");

  private static final int[] AREA_CODES = {212, 646, 917, 718, 347, 201, 551, 914};

  private final People people;
  private final Draw draw;
  private final int index;
  private final @Nullable Role role;

  Person(People people, int index, @Nullable Role role) {
    this.people = people;
    this.draw = people.draw();
    this.index = index;
    this.role = role;
  }

  int index() {
    return index;
  }

  Optional<Role> role() {
    return Optional.ofNullable(role);
  }

  /** Another person who had signed up by day 1, with a role or without. */
  Person neighbour(int distance) {
    int participants = people.options().participants();
    return people.person(Math.floorMod(index + distance, participants));
  }

  double unit(Topic topic, long number) {
    return draw.unit(index, topic, number);
  }

  int below(int bound, Topic topic, long number) {
    return draw.below(bound, index, topic, number);
  }

  boolean chance(double probability, Topic topic, long number) {
    return draw.chance(probability, index, topic, number);
  }

  String pmiId() {
    return people.pmiIds().of(index);
  }

  String biobankId() {
    return "T" + (100_000_000 + below(900_000_000, Topic.BIOBANK_ID, 0));
  }

  boolean woman() {
    return chance(0.6, Topic.SEX, 0);
  }

  String sex() {
    double unit = unit(Topic.SEX, 1);
    return unit < 0.97 ? (woman() ? "Female" : "Male") : unit < 0.985 ? "Intersex" : "Skip";
  }

  String gender() {
    if (chance(0.95, Topic.GENDER, 0)) {
      return woman() ? "Woman" : "Man";
    }
    return GENDERS.get(below(GENDERS.size(), Topic.GENDER, 1));
  }

  String race() {
    return RACES.get(below(RACES.size(), Topic.RACE, 0));
  }

  String education() {
    return EDUCATIONS.get(below(EDUCATIONS.size(), Topic.EDUCATION, 0));
  }

  String language() {
    return chance(0.8, Topic.LANGUAGE, 0) ? "English" : "Spanish";
  }

  String firstName() {
    List<String> names = woman() ? people.names().women() : people.names().men();
    return names.get(below(names.size(), Topic.FIRST_NAME, 0));
  }

  String surname(int version) {
    List<String> names = people.names().surnames();
    int first = below(names.size(), Topic.LAST_NAME, 0);
    String name = names.get((first + version) % names.size());
    return chance(0.01, Topic.STYLE, 2) ? name + " " : name;
  }

  /** From 27 to 87 years old on day 1, so that nobody was a child when they signed up. */
  LocalDate birthday() {
    return SourceOptions.DAY_ONE.minusDays(18L * 366 + below(60 * 365, Topic.BIRTH, 0) + 3_300);
  }

  String email(int version) {
    if (version == 0 && hasNoEmail()) {
      return "";
    }
    String name = letters(firstName()) + "." + letters(surname(0));
    String tag = Integer.toString(index, Character.MAX_RADIX) + (version == 0 ? "" : "v" + version);
    String domain =
        testAccount() ? "example.com" : chance(0.2, Topic.EMAIL, 1) ? "example.net" : "example.org";
    String email = name + "." + tag + "@" + domain;
    double style = role != null ? 1 : unit(Topic.EMAIL, 2);
    if (style < 0.03) {
      return Character.toUpperCase(email.charAt(0)) + email.substring(1).replace("@ex", "@Ex");
    }
    return style < 0.04 ? email + " " : email;
  }

  private boolean testAccount() {
    return role != null ? role == Role.TEST_ACCOUNT : chance(0.0005, Topic.EMAIL, 3);
  }

  boolean hasNoEmail() {
    return role != null ? role == Role.BLANK_EMAIL : chance(0.03, Topic.EMAIL, 0);
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  /** Written as people type phone numbers; the exchange 555 is reserved for invented ones. */
  String phone(int version) {
    int area = AREA_CODES[below(AREA_CODES.length, Topic.PHONE, 0)];
    int line = (below(10_000, Topic.PHONE, 1) + 37 * version) % 10_000;
    String last = String.valueOf(10_000 + line).substring(1);
    return switch (below(6, Topic.PHONE, 2)) {
      case 0 -> "(" + area + ") 555-" + last;
      case 1 -> "" + area + "555" + last;
      case 2 -> "+1 " + area + " 555 " + last;
      case 3 -> area + ".555." + last;
      default -> area + "-555-" + last;
    };
  }

  Address address(int version) {
    HomePlace place = HomePlace.ALL.get(below(HomePlace.ALL.size(), Topic.PLACE, version));
    int house = 1 + (below(999, Topic.STREET, 0) + 13 * version) % 999;
    String street = people.names().streets().get(streetNumber(version));
    String city = people.names().cities().get(cityNumber(version));
    String zip = place.zipPrefix() + (10 + below(90, Topic.PLACE, 2_000L + version));
    boolean long9 = chance(0.1, Topic.PLACE, 3_000L + version);
    String unit =
        chance(0.3, Topic.STREET, 2_000L + version)
            ? "Apt " + (1 + below(40, Topic.STREET, 3_000L + version))
            : "";
    return new Address(
        house + " " + street,
        unit,
        chance(0.01, Topic.STYLE, 3) ? city + " " : city,
        place.state(),
        long9 ? zip + "-" + (1000 + below(9000, Topic.PLACE, 4_000L + version)) : zip);
  }

  private int streetNumber(int version) {
    return below(people.names().streets().size(), Topic.STREET, 1_000L + version);
  }

  private int cityNumber(int version) {
    return below(people.names().cities().size(), Topic.PLACE, 1_000L + version);
  }

  /** A few people's blanks are empty texts, most are NULL; this stays the same for each person. */
  boolean emptyTexts() {
    return chance(0.05, Topic.STYLE, 0);
  }

  /** An empty text cast to a date on SQL Server becomes 1900-01-01. */
  boolean epochDates() {
    return chance(0.02, Topic.STYLE, 1);
  }

  record Address(String street, String unit, String city, String state, String zip) {}
}
