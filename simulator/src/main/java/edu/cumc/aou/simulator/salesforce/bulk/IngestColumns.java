package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.databind.node.TextNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Schema;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The columns of an uploaded CSV, bound to the schema. Immutable. */
final class IngestColumns {
  private static final String NULL = "#N/A";
  private static final Pattern RELATIONSHIP =
      Pattern.compile("(?:(?<type>\\w+):)?(?<name>\\w+)\\.(?<key>\\w+)");

  private final ObjectType type;
  private final List<FieldPath> columns;

  /**
   * One column.
   *
   * @param header the header as uploaded
   * @param apiName the header in describe's spelling
   * @param field the field to write, which is a reference if there is a key
   * @param key the field that identifies the parent
   */
  private record FieldPath(String header, String apiName, Field field, Optional<Field> key) {
    boolean isExact() {
      return header.equals(apiName);
    }
  }

  private IngestColumns(ObjectType type, List<FieldPath> columns) {
    this.type = type;
    this.columns = columns;
  }

  /**
   * Binds a header.
   *
   * @param exactCase whether names must have describe's case
   * @throws ApiException for the first unknown column
   */
  static IngestColumns bind(Schema schema, ObjectType type, String[] header, boolean exactCase) {
    List<FieldPath> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      FieldPath column = bind(schema, type, name);
      if (exactCase && !column.isExact()) {
        throw fieldNotFound(name);
      }
      if (!seen.add(column.apiName())) {
        throw invalidBatch("Field name found more than once : " + name);
      }
      columns.add(column);
    }
    return new IngestColumns(type, columns);
  }

  private static FieldPath bind(Schema schema, ObjectType type, String header) {
    Matcher relationship = RELATIONSHIP.matcher(header);
    if (!relationship.matches()) {
      Field field = type.seenField(header).orElseThrow(() -> fieldNotFound(header));
      return new FieldPath(header, field.name(), field, Optional.empty());
    }
    Field reference =
        type.relationship(relationship.group("name"))
            .orElseThrow(
                () -> invalidBatch("Unable to find relationship: " + relationship.group("name")));
    if (relationship.group("type") != null) {
      throw invalidBatch(
          "type is not needed for non polymorphic foreign key references: "
              + relationship.group("name"));
    }
    Field key =
        schema
            .known(reference.referenceTo())
            .field(relationship.group("key"))
            .filter(Field::isKey)
            .orElseThrow(() -> fieldNotFound(header));
    return new FieldPath(
        header, reference.relationshipName() + "." + key.name(), reference, Optional.of(key));
  }

  private static ApiException fieldNotFound(String header) {
    return invalidBatch("Field name not found : " + header);
  }

  static ApiException invalidBatch(String text) {
    return ApiException.of(400, "InvalidBatch", text);
  }

  boolean isIdOnly() {
    return columns.size() == 1 && columns.get(0).field().type() == FieldType.ID;
  }

  /** The headers of result files, without those in another case than describe's. */
  List<String> shown() {
    return columns.stream().filter(FieldPath::isExact).map(FieldPath::header).toList();
  }

  /** The cells of result files. */
  List<String> shown(String[] cells) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isExact()) {
        shown.add(cell(cells, i));
      }
    }
    return shown;
  }

  private static String cell(String[] cells, int column) {
    return column < cells.length ? cells[column] : "";
  }

  /** The cell of a column as uploaded; empty if there is no such column, or nothing in it. */
  String cell(String[] cells, Field field) {
    for (int i = 0; i < columns.size(); i++) {
      FieldPath column = columns.get(i);
      if (column.key().isEmpty() && column.field().equals(field)) {
        return cell(cells, i).equals(NULL) ? "" : cell(cells, i);
      }
    }
    return "";
  }

  /**
   * The row as a draft: an empty cell leaves its field alone.
   *
   * @throws ApiException if a value is of another type than its field, or there are more cells than
   *     columns
   */
  Draft draft(String[] cells) {
    if (cells.length > columns.size()) {
      throw ApiException.ofRecord(
          400,
          "INVALID_ARGUMENT",
          "The row has " + cells.length + " values for " + columns.size() + " columns");
    }
    Optional<String> id = Optional.empty();
    Map<Field, @Nullable Object> values = new LinkedHashMap<>();
    List<Draft.ParentKey> parents = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i];
      FieldPath column = columns.get(i);
      Field field = column.field();
      if (cell.isEmpty()) {
        continue;
      }
      if (field.type() == FieldType.ID) {
        id = Optional.of(cell).filter(text -> !text.equals(NULL));
      } else if (cell.equals(NULL)) {
        values.put(field, null);
      } else if (column.key().isPresent()) {
        Object value = read(column.key().get(), cell);
        if (value != null) {
          parents.add(new Draft.ParentKey(field, column.key().get(), value));
        }
      } else {
        values.put(field, read(field, cell));
      }
    }
    return new Draft(type, id, values, parents);
  }

  private static @Nullable Object read(Field field, String cell) {
    String text = field.type() == FieldType.BOOLEAN ? bool(cell) : cell;
    try {
      return Values.read(field, TextNode.valueOf(text));
    } catch (ApiException e) {
      throw ApiException.ofRecord(
          400,
          "INVALID_TYPE_ON_FIELD_IN_RECORD",
          field.label() + ": value not of required type: " + cell,
          field.name());
    }
  }

  private static String bool(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "1", "yes" -> "true";
      case "0", "no" -> "false";
      default -> cell;
    };
  }
}
