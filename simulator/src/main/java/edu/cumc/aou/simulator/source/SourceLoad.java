package edu.cumc.aou.simulator.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One reload of the whole source, inside the caller's transaction. For one thread. */
final class SourceLoad {
  /** One person in this many is in REDCap only. */
  private static final int PEOPLE_PER_REDCAP_ONLY = 50;

  /** Strangers below this number lend their data to planted rows. */
  private static final int FIRST_REDCAP_STRANGER = 1000;

  private final SourceOptions options;
  private final People people;
  private final SourceWriter writer;
  private final Map<Happening, Integer> story = new EnumMap<>(Happening.class);

  private SourceLoad(SourceOptions options, SourceWriter writer) {
    this.options = options;
    this.people = new People(options);
    this.writer = writer;
  }

  static SourceSummary run(SourceOptions options, Connection connection, SourceDatabase database)
      throws SQLException {
    database.execute(Sql.delete(SourceTable.HEALTHPRO));
    database.execute(Sql.delete(SourceTable.REDCAP));
    try (SourceWriter writer = new SourceWriter(connection)) {
      SourceLoad load = new SourceLoad(options, writer);
      load.writePeople();
      PlantedRows planted = options.dirty() ? PlantedRows.of(load.people) : PlantedRows.none();
      load.writePlanted(planted);
      int redcapOnly = load.writeRedcapOnly();
      writer.flush();
      return load.summary(
          planted.healthpro().size(), redcapOnly, database.number(Sql.COUNT_CONTACTS));
    }
  }

  private void writePeople() throws SQLException {
    Population population = new Population(people.draw(), options.participants());
    int index = 0;
    for (int joined = 1; joined <= options.day(); joined++) {
      for (int newcomers = population.newcomers(joined); newcomers > 0; newcomers--) {
        writePerson(people.person(index), joined);
        index++;
      }
    }
  }

  private void writePerson(Person person, int joined) throws SQLException {
    Life life = joined == 1 ? Life.onDayOne(person) : Life.newcomer(person, joined);
    Happening last = joined == 1 ? Happening.NONE : Happening.APPEARED;
    for (int day = joined + 1; day <= options.day(); day++) {
      last = life.live(day);
    }
    if (joined < options.day() || joined > 1) {
      story.merge(last, 1, Integer::sum);
    }
    writer.healthpro(HealthProRow.of(life));
    Optional<RowDraft> redcap = RedcapRow.of(person, life.firstOrganisation());
    if (redcap.isPresent()) {
      writer.redcap(redcap.get());
    }
  }

  private void writePlanted(PlantedRows planted) throws SQLException {
    for (RowDraft row : planted.healthpro()) {
      writer.healthpro(row);
    }
    for (RowDraft row : planted.redcap()) {
      writer.redcapOnly(row);
    }
  }

  private int writeRedcapOnly() throws SQLException {
    int count = Math.max(2, options.participants() / PEOPLE_PER_REDCAP_ONLY);
    for (int number = 0; number < count; number++) {
      Person stranger = people.stranger(FIRST_REDCAP_STRANGER + number);
      writer.redcapOnly(RedcapRow.withoutHealthPro(stranger, number));
    }
    return count;
  }

  private SourceSummary summary(int planted, int redcapOnly, int contactRows) {
    return new SourceSummary(
        options.date(),
        writer.healthproRows(),
        contactRows,
        redcapOnly,
        planted,
        count(Happening.APPEARED),
        count(Happening.JOURNEY_CHANGED),
        count(Happening.CONTACT_CHANGED),
        count(Happening.WITHDREW),
        count(Happening.BLANKED),
        count(Happening.REPAIRED));
  }

  private int count(Happening happening) {
    return story.getOrDefault(happening, 0);
  }
}
