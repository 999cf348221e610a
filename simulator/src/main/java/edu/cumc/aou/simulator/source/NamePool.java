package edu.cumc.aou.simulator.source;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import net.datafaker.Faker;

/**
 * The names for people and places, drawn once from Datafaker: asking it again for every person
 * would take most of the time of a large load. Immutable.
 */
record NamePool(
    List<String> women,
    List<String> men,
    List<String> surnames,
    List<String> streets,
    List<String> cities) {
  private static final int MOST_TRIES = 20;

  static NamePool of(long seed) {
    Faker faker = new Faker(Locale.US, new Random(seed));
    return new NamePool(
        distinct(300, faker.name()::femaleFirstName),
        distinct(300, faker.name()::maleFirstName),
        distinct(400, faker.name()::lastName),
        distinct(500, faker.address()::streetName),
        distinct(120, faker.address()::cityName));
  }

  private static List<String> distinct(int wanted, Supplier<String> supplier) {
    Set<String> names = new LinkedHashSet<>();
    for (int tries = 0; names.size() < wanted && tries < wanted * MOST_TRIES; tries++) {
      names.add(supplier.get());
    }
    return List.copyOf(names);
  }
}
