package edu.cumc.aou.simulator.source;

/** All people for a seed and a number of participants. Immutable. */
final class People {
  private final SourceOptions options;
  private final Draw draw;
  private final InventedPmiIds pmiIds;
  private final NamePool names;

  People(SourceOptions options) {
    this.options = options;
    this.draw = new Draw(options.seed());
    this.pmiIds = new InventedPmiIds(draw);
    this.names = NamePool.of(options.seed());
  }

  SourceOptions options() {
    return options;
  }

  Draw draw() {
    return draw;
  }

  InventedPmiIds pmiIds() {
    return pmiIds;
  }

  NamePool names() {
    return names;
  }

  Person person(int index) {
    return new Person(this, index, Role.of(index, options.participants()).orElse(null));
  }

  /** A person outside the people, who may lend their data to a planted row. */
  Person stranger(int number) {
    return new Person(this, InventedPmiIds.COUNT - 1 - number, null);
  }
}
