package edu.cumc.aou.sync.mapping;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceFixtures;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** One field, one column, one value at a time. */
final class MappingFixtures {

  static final LocalDate TODAY = LocalDate.of(2026, 1, 5);
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private MappingFixtures() {}

  static FieldInfo field(String name, FieldKind kind, int length, String... picklist) {
    return new FieldInfo(
        new FieldName(name),
        kind,
        length,
        true,
        true,
        false,
        false,
        false,
        picklist.length > 0,
        Set.of(picklist));
  }

  static ObjectInfo object(FieldInfo... fields) {
    return new ObjectInfo("Contact", true, true, List.of(fields));
  }

  static Mapping mapping(String hocon, ConfigProblems problems) {
    return Mapping.read(
        ConfigSection.root(ConfigFactory.parseString(hocon), problems),
        "contact.fields",
        FieldPolicy.OVERWRITE);
  }

  static List<BoundField> bind(String hocon, List<String> columns, ObjectInfo object) {
    ConfigProblems problems = new ConfigProblems();
    List<BoundField> bound =
        mapping(hocon, problems)
            .bind(
                SourceFixtures.textColumns(SourceRelation.CONTACTS, columns),
                object,
                reading(ZoneOffset.UTC),
                problems);
    problems.throwIfAny();
    return bound;
  }

  /** Reads like the default settings, points in time of this zone. */
  static SourceReading reading(ZoneId sourceZone) {
    return new SourceReading(Cells.of(List.of("UNSET", "PMI_Skip")), sourceZone, NEW_YORK);
  }

  /** One field over column {@code c} of a source that writes times in this zone. */
  static BoundField bindIn(ZoneId sourceZone, String rule, FieldInfo info) {
    ConfigProblems problems = new ConfigProblems();
    return mapping("F { columns = [c], " + rule + " }", problems)
        .bind(
            SourceFixtures.textColumns(SourceRelation.CONTACTS, List.of("c")),
            object(info),
            reading(sourceZone),
            problems)
        .get(0);
  }

  /** What a field with this rule makes of this value in column {@code c}. */
  static ReadValue read(String rule, FieldInfo info, Object value) {
    BoundField bound = bind("F { columns = [c], " + rule + " }", List.of("c"), object(info)).get(0);
    return bound.read(row(value), TODAY);
  }

  static SourceRow row(Object value) {
    return new SourceRow(new SourceRow.Header(List.of("c")), value);
  }

  /** {@code text} or {@code refused:rule}. */
  static String outcome(ReadValue reading) {
    return reading instanceof ReadValue.Value value
        ? value.value().text()
        : "refused:" + ((ReadValue.Refused) reading).rule();
  }
}
