package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.plan.StatusRules;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What we know about people without asking Salesforce: the columns that feed the fields of a
 * Contact, by settings and source. A participant may call while the org is down.
 *
 * @param query what to select from the source
 * @param fields those that a column feeds
 */
record KnownHere(SourceQuery query, List<Field> fields) {

  KnownHere {
    fields = List.copyOf(fields);
  }

  /** A field of a Contact, and those of its columns that the source has. */
  record Field(String name, List<String> columns) {
    Field {
      columns = List.copyOf(columns);
    }
  }

  /** Looks at the source's columns; throws CONFIG if a column of the PMI ID is missing. */
  static KnownHere of(ParticipantSource source, SyncSettings settings) {
    SourceColumns contacts = source.columns(SourceRelation.CONTACTS);
    SourceColumns journeys = source.columns(SourceRelation.JOURNEYS);
    List<Field> fields =
        settings.contact().mapping().rules().stream()
            .map(rule -> new Field(rule.field(), columns(rule, contacts)))
            .filter(f -> !f.columns().isEmpty())
            .toList();
    StatusRules rules = new StatusRules(settings.status(), settings.reading().cells());
    List<String> read =
        Stream.concat(
                fields.stream().flatMap(f -> f.columns().stream()),
                rules.columnsIn(contacts).stream())
            .distinct()
            .toList();
    SourceQuery query =
        new SourceQuery(
            key(contacts, "contact.pmi-column", settings.contact().pmiColumn()),
            read,
            key(journeys, "journey.pmi-column", settings.journey().pmiColumn()),
            rules.columnsIn(journeys),
            rules);
    return new KnownHere(query, fields);
  }

  private static List<String> columns(FieldRule rule, SourceColumns relation) {
    return Stream.of(rule.columns(), rule.secondLine())
        .flatMap(names -> names.stream().flatMap(n -> relation.find(n).stream()).limit(1))
        .toList();
  }

  private static String key(SourceColumns relation, String setting, String column) {
    Optional<String> found = relation.find(column);
    return found.orElseThrow(
        () ->
            new SyncException(
                FailureKind.CONFIG,
                setting
                    + ": the source has no column "
                    + column
                    + "; name the right one, aou-sync check lists what else is wrong"));
  }
}
