package edu.cumc.aou.mornings.judge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The mapped fields of a site, as the manual's table of the default mapping has them. */
public final class FieldTable {

  /**
   * One field.
   *
   * @param contact whether of the Contact; else of the journey
   * @param second the column of a second line; empty text for none
   * @param reads how the source is read: text, lower-case, date, birth-date, flag, us-state
   * @param holds what the field holds: text, lines, email, date, number, boolean, picklist
   * @param policy overwrite, never-clear or fill-only
   */
  public record Field(
      boolean contact,
      String name,
      String column,
      String second,
      String reads,
      String holds,
      String policy,
      boolean required) {

    List<String> columns() {
      return second.isEmpty() ? List.of(column) : List.of(column, second);
    }

    Field withPolicy(String other) {
      return new Field(contact, name, column, second, reads, holds, other, required);
    }
  }

  private static final List<Field> FIELDS = read();

  private FieldTable() {}

  public static List<Field> all() {
    return FIELDS;
  }

  /** A mapped field by its API name. */
  public static Field field(String name) {
    return FIELDS.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Field> read() {
    List<Field> fields = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                FieldTable.class.getResourceAsStream("fields.csv"), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] c = line.split(";", -1);
        fields.add(
            new Field(
                c[0].equals("contact"),
                c[1],
                c[2],
                c[3],
                c[4],
                c[5],
                c[6],
                c[7].equals("required")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(fields);
  }
}
