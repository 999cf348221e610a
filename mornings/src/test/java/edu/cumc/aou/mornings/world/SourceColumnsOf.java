package edu.cumc.aou.mornings.world;

import edu.cumc.aou.mornings.judge.FieldTable;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.sync.port.RawRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The columns of a site's two relations: what the mapping and the rules of the status read. */
public record SourceColumnsOf(List<RawRow.Column> contacts, List<RawRow.Column> journeys) {

  /**
   * Columns of a site.
   *
   * @param dates the type that columns of days have
   */
  public static SourceColumnsOf with(RawRow.Type dates) {
    return new SourceColumnsOf(
        columns(true, RawRow.CONTACT_KEY, dates, "Paired Organization_HP"),
        columns(false, RawRow.JOURNEY_KEY, dates, "Deceased"));
  }

  private static List<RawRow.Column> columns(
      boolean contact, String key, RawRow.Type dates, String more) {
    Set<String> names = new LinkedHashSet<>(List.of(key));
    List<RawRow.Column> columns =
        new ArrayList<>(List.of(new RawRow.Column(key, RawRow.Type.TEXT)));
    for (Field field : FieldTable.all()) {
      if (field.contact() == contact) {
        if (names.add(field.column())) {
          columns.add(
              new RawRow.Column(
                  field.column(), field.holds().equals("date") ? dates : RawRow.Type.TEXT));
        }
        if (!field.second().isEmpty() && names.add(field.second())) {
          columns.add(new RawRow.Column(field.second(), RawRow.Type.TEXT));
        }
      }
    }
    columns.add(new RawRow.Column(more, RawRow.Type.TEXT));
    return List.copyOf(columns);
  }

  /** The same with other names for some columns. */
  public SourceColumnsOf renamed(Map<String, String> names) {
    return each(c -> new RawRow.Column(names.getOrDefault(c.name(), c.name()), c.type()));
  }

  /** The same without a column. */
  public SourceColumnsOf without(@Nullable String name) {
    return new SourceColumnsOf(
        contacts.stream().filter(c -> !c.name().equals(name)).toList(),
        journeys.stream().filter(c -> !c.name().equals(name)).toList());
  }

  private SourceColumnsOf each(UnaryOperator<RawRow.Column> change) {
    return new SourceColumnsOf(
        contacts.stream().map(change).toList(), journeys.stream().map(change).toList());
  }
}
