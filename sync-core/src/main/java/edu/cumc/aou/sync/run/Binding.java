package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.ParentIds;
import edu.cumc.aou.sync.mapping.ValueTables;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.plan.KnownColumns;
import edu.cumc.aou.sync.plan.StatusRules;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One sObject and the relation that feeds it, matched to each other; what does not match went to
 * the problems.
 *
 * @param key the column that holds the PMI ID, as the database spells it
 * @param fields the mapped fields that fit
 */
public record Binding(ObjectInfo info, String key, List<BoundField> fields) {

  public Binding {
    fields = List.copyOf(fields);
  }

  /** Reads value tables from the source. */
  public static ValueTables tables(ParticipantSource source) {
    return new ValueTables(table -> source.table(table.name(), table.key(), table.value()));
  }

  /** Finds parent records in Salesforce. */
  public static ParentIds parents(Crm crm) {
    return new ParentIds(crm::idsBy);
  }

  /** Looks at both sides; a problem names its setting, what is wrong, and what to do. */
  public static Binding of(
      CrmObject object,
      SourceColumns columns,
      ObjectInfo info,
      SyncSettings settings,
      ValueTables tables,
      ParentIds parents,
      ConfigProblems problems) {
    boolean isContact = object == CrmObject.CONTACT;
    checkPermission(info, object, problems);
    if (isContact) {
      checkPmiField(info, settings.contact().pmiField(), problems);
    } else {
      checkContactField(info, settings.journey().contactField(), problems);
    }
    Mapping mapping = isContact ? settings.contact().mapping() : settings.journey().mapping();
    List<BoundField> fields =
        mapping.bind(columns, info, settings.reading(), tables, parents, problems);
    String column = isContact ? settings.contact().pmiColumn() : settings.journey().pmiColumn();
    String key = keyColumn(columns, object.word() + ".pmi-column", column, problems);
    return new Binding(info, key, fields);
  }

  private static void checkPermission(ObjectInfo info, CrmObject object, ConfigProblems problems) {
    boolean creates = object == CrmObject.CONTACT;
    if (!info.updateable() || (creates && !info.createable())) {
      problems.add(
          FindingCode.NO_PERMISSION,
          object.word() + ".object",
          "the Salesforce user may not "
              + (creates ? "create and edit " : "edit ")
              + info.name()
              + "; grant the permission to the user's profile or a permission set");
    }
  }

  private static void checkPmiField(ObjectInfo info, String name, ConfigProblems problems) {
    Optional<FieldInfo> field = info.field(name);
    if (field.isEmpty()) {
      problems.add(FindingCode.NO_SUCH_FIELD, "contact.pmi-field", noSuchField(info, name));
    } else if (!field.get().createable()) {
      problems.add(
          FindingCode.NO_PERMISSION,
          "contact.pmi-field",
          "the Salesforce user may not set " + name + "; grant access");
    }
  }

  private static void checkContactField(ObjectInfo info, String name, ConfigProblems problems) {
    if (info.field(name).isEmpty()) {
      problems.add(FindingCode.NO_SUCH_FIELD, "journey.contact-field", noSuchField(info, name));
    }
  }

  private static String noSuchField(ObjectInfo info, String name) {
    List<String> names = info.fields().stream().map(f -> f.name().value()).toList();
    return "the sObject "
        + info.name()
        + " has no field "
        + name
        + ", or the Salesforce user may not see it"
        + Similar.hint(name, names)
        + "; correct the name or grant access";
  }

  private static String keyColumn(
      SourceColumns relation, String setting, String column, ConfigProblems problems) {
    Optional<String> found = relation.find(column);
    if (found.isEmpty()) {
      problems.add(
          FindingCode.NO_SUCH_COLUMN,
          setting,
          "the source has no column "
              + column
              + Similar.hint(column, relation.names())
              + "; name the right one");
    }
    return found.orElse(column);
  }

  /** Requires a mapping for the fields that identify a participant's Contact. */
  public static void checkAdoption(
      SyncSettings settings, Binding contact, ConfigProblems problems) {
    List<String> mapped = contact.fields().stream().map(f -> f.name().value()).toList();
    if (settings.adoption().isOn() && !Adoption.canWork(mapped)) {
      problems.add(
          FindingCode.WRONG_SETTING,
          "adoption.enabled",
          "Contacts are told by FirstName, LastName and one of Email, Phone, MobilePhone, HomePhone,"
              + " OtherPhone; map these under contact.fields, or set it to false");
    }
  }

  /**
   * Two columns decide whether a participant's data may be sent at all, so a misspelt name must not
   * count as a missing column.
   */
  public static void checkStatusColumns(
      SyncSettings settings,
      SourceColumns contacts,
      SourceColumns journeys,
      ConfigProblems problems) {
    require(
        "withdrawal.status-column",
        settings.status().withdrawalColumns(),
        contacts,
        journeys,
        problems);
    require(
        "status.organization.column",
        List.of(settings.status().organizationColumn()),
        contacts,
        journeys,
        problems);
    KnownColumns known =
        new KnownColumns(
            new StatusRules(settings.status(), settings.reading().cells()),
            contacts,
            settings.contact().mapping(),
            journeys,
            settings.journey().mapping());
    List<String> withdrawal = settings.status().withdrawalColumns();
    boolean noneIsThere =
        withdrawal.stream()
            .noneMatch(c -> contacts.find(c).isPresent() || journeys.find(c).isPresent());
    known.missing().stream()
        // Without any of them, the problem is told above.
        .filter(column -> !noneIsThere && withdrawal.contains(column.name()))
        .forEach(
            column ->
                known
                    .misspelt(column)
                    .ifPresent(
                        meant ->
                            problems.add(
                                FindingCode.NO_SUCH_COLUMN,
                                column.setting(),
                                "the source has no column "
                                    + column.name()
                                    + Similar.question(meant)
                                    + ", so it would say of nobody who has withdrawn; name the"
                                    + " right one, or take it away")));
  }

  private static void require(
      String setting,
      List<String> columns,
      SourceColumns contacts,
      SourceColumns journeys,
      ConfigProblems problems) {
    boolean isThere =
        columns.stream()
            .anyMatch(c -> contacts.find(c).isPresent() || journeys.find(c).isPresent());
    String column = columns.isEmpty() ? "" : columns.get(0);
    if (!column.isEmpty() && !isThere) {
      problems.add(
          FindingCode.NO_SUCH_COLUMN,
          setting,
          "the source has no column "
              + column
              + Similar.hint(
                  column,
                  Stream.concat(contacts.names().stream(), journeys.names().stream()).toList())
              + "; name the right one, or set it to \"\"");
    }
  }
}
