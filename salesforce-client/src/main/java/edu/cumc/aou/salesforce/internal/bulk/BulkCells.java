package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.FieldDescription;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.SalesforceRecord;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the cells of a CSV row into the record that JSON would have given: typed by describe, with
 * nested parents, and null for blank.
 */
final class BulkCells {

  /** How to read a cell. */
  private enum Form {
    TEXT,
    FLAG,
    WHOLE,
    DECIMAL,
    TIME
  }

  private record CellColumn(int place, Form form) {}

  /** An object and the columns of its parts; the values are columns and further nodes. */
  private record Node(String type, Map<String, Object> parts) {}

  private final Function<String, ObjectDescription> describe;
  private final Node root;

  /**
   * For one file.
   *
   * @param header the columns: fields, and paths to parents' fields
   */
  BulkCells(String object, List<String> header, Function<String, ObjectDescription> describe) {
    this.describe = describe;
    ObjectDescription description = describe.apply(object);
    root = new Node(description.name(), new LinkedHashMap<>());
    for (int i = 0; i < header.size(); i++) {
      place(root, Optional.of(description), header.get(i), i);
    }
  }

  private void place(Node node, Optional<ObjectDescription> object, String path, int place) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      Optional<FieldDescription> field = object.flatMap(o -> o.field(path));
      node.parts.put(
          field.map(FieldDescription::name).orElse(path),
          new CellColumn(place, form(field.map(FieldDescription::type).orElse(""))));
      return;
    }
    String relationship = path.substring(0, dot);
    Optional<FieldDescription> lookup =
        object.flatMap(
            o ->
                o.fields().stream()
                    .filter(f -> relationship.equalsIgnoreCase(f.relationshipName()))
                    .findFirst());
    // The type of a parent that may be of several objects is unknown beforehand.
    Optional<ObjectDescription> parent =
        lookup
            .filter(f -> f.referenceTo().size() == 1)
            .map(f -> describe.apply(f.referenceTo().get(0)));
    String name = lookup.map(FieldDescription::relationshipName).orElse(relationship);
    Object part =
        node.parts.computeIfAbsent(
            name,
            unused ->
                new Node(parent.map(ObjectDescription::name).orElse(""), new LinkedHashMap<>()));
    if (part instanceof Node below) {
      place(below, parent, path.substring(dot + 1), place);
    }
  }

  private static Form form(String type) {
    return switch (type) {
      case "boolean" -> Form.FLAG;
      case "int", "long" -> Form.WHOLE;
      case "double", "currency", "percent" -> Form.DECIMAL;
      case "datetime" -> Form.TIME;
      default -> Form.TEXT;
    };
  }

  SalesforceRecord record(List<String> cells) {
    return record(root, cells);
  }

  private static SalesforceRecord record(Node node, List<String> cells) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    node.parts.forEach((name, part) -> fields.put(name, value(part, cells)));
    return new SalesforceRecord(node.type, fields);
  }

  private static @Nullable Object value(Object part, List<String> cells) {
    if (part instanceof CellColumn column) {
      String cell = cells.get(column.place);
      return cell.isEmpty() ? null : typed(column.form, cell);
    }
    Node below = (Node) part;
    return isBlank(below, cells) ? null : record(below, cells);
  }

  private static boolean isBlank(Node node, List<String> cells) {
    return node.parts.values().stream()
        .allMatch(
            part ->
                part instanceof CellColumn column
                    ? cells.get(column.place).isEmpty()
                    : isBlank((Node) part, cells));
  }

  private static Object typed(Form form, String cell) {
    try {
      return switch (form) {
        case TEXT -> cell;
        case FLAG -> Boolean.valueOf(cell.equalsIgnoreCase("true"));
        case WHOLE -> new BigDecimal(cell).longValueExact();
        case DECIMAL -> decimal(new BigDecimal(cell));
        // JSON has +0000 where CSV has Z
        case TIME -> cell.endsWith("Z") ? cell.substring(0, cell.length() - 1) + "+0000" : cell;
      };
    } catch (ArithmeticException | NumberFormatException e) {
      return cell;
    }
  }

  /** JSON always has a point; CSV may write powers of ten. */
  private static BigDecimal decimal(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 1 ? stripped.setScale(1) : stripped;
  }
}
