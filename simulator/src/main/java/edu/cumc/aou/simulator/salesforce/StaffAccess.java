package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldAccess;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The org from inside, without the API: what tests look at, and what a staff user or an
 * administrator does there. Thread-safe.
 */
public abstract sealed class StaffAccess permits SalesforceSimulator {
  private final Org org;

  StaffAccess(Org org) {
    this.org = org;
  }

  /**
   * The user of this class's writes.
   *
   * @return the id
   */
  public String staffUserId() {
    return OrgSeed.STAFF_USER;
  }

  /**
   * The records outside the recycle bin, in the order of their creation.
   *
   * @param object the object, such as {@code Contact}
   * @return per record its fields that have a value: String, Boolean, Integer, Double, {@link
   *     java.time.LocalDate} or {@link java.time.Instant} by API name
   * @throws SalesforceSimulatorException if there is no such object
   */
  public Stream<Map<String, Object>> records(String object) {
    return rows(object, false).map(StaffAccess::toMap);
  }

  /**
   * All records, including those in the recycle bin.
   *
   * @param object the object, such as {@code Contact}
   * @return as {@link #records} does
   * @throws SalesforceSimulatorException if there is no such object
   */
  public Stream<Map<String, Object>> recordsAndDeleted(String object) {
    return rows(object, true).map(StaffAccess::toMap);
  }

  private Stream<Row> rows(String object, boolean deletedToo) {
    return run(
        () ->
            org.database().table(org.type(object)).rows().stream()
                .filter(row -> deletedToo || !row.isDeleted())
                .toList())
        .stream();
  }

  private static Map<String, Object> toMap(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Field field : row.type().fields()) {
      Object value = row.get(field);
      if (value != null) {
        fields.put(field.name(), value);
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  /**
   * Creates a record as the staff user.
   *
   * @param object the object, such as {@code Contact}
   * @param fields its fields by API name; values as {@link #records} gives them
   * @return its id
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public String create(String object, Map<String, ? extends @Nullable Object> fields) {
    return run(
        () -> org.writer().insert(Draft.of(org.schema(), org.type(object), fields), staffUserId()));
  }

  /**
   * Changes a record as the staff user.
   *
   * @param id its id
   * @param fields the fields to change by API name; null clears
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public void edit(String id, Map<String, ? extends @Nullable Object> fields) {
    run(
        () -> {
          org.writer().update(id, Draft.of(org.schema(), typeOf(id), fields), staffUserId());
          return id;
        });
  }

  /**
   * Puts a record into the recycle bin as the staff user.
   *
   * @param id its id
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public void delete(String id) {
    run(
        () -> {
          org.writer().delete(typeOf(id), id, staffUserId());
          return id;
        });
  }

  /**
   * Takes a record out of the recycle bin as the staff user. Journeys that lost it and got no other
   * Contact since are its own again.
   *
   * @param id its id
   * @throws SalesforceSimulatorException if the record is not in the bin, or its PMI ID is taken
   */
  public void undelete(String id) {
    run(
        () -> {
          org.writer().undelete(typeOf(id), id, staffUserId());
          return id;
        });
  }

  /**
   * Removes a record of the recycle bin for good, as emptying the bin does. No call to the API
   * shows it any more.
   *
   * @param id its id
   * @throws SalesforceSimulatorException if the record is not in the bin
   */
  public void erase(String id) {
    run(
        () -> {
          org.writer().erase(typeOf(id), id);
          return id;
        });
  }

  /**
   * Merges two records of one object as the staff user: the loser goes into the recycle bin and
   * names its master, and its journeys become the winner's.
   *
   * @param winnerId the id of the record that stays
   * @param loserId the id of the record that goes
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public void merge(String winnerId, String loserId) {
    run(
        () -> {
          org.writer().merge(typeOf(winnerId), winnerId, loserId, staffUserId());
          return winnerId;
        });
  }

  private ObjectType typeOf(String id) {
    return org.schema().typeOfId(id).orElseThrow(ApiException::notFound);
  }

  private <T> T run(Supplier<T> work) {
    try {
      return org.call(work);
    } catch (ApiException e) {
      throw new SalesforceSimulatorException(
          "The simulated org refuses this with "
              + e.code()
              + e.fields().filter(names -> !names.isEmpty()).map(names -> " on " + names).orElse("")
              + "; check the object, the id and the fields against schema.json");
    }
  }

  /**
   * Adds and removes values of a picklist, as an administrator does. Records keep what they have.
   *
   * @param object the object, such as {@code Contact}
   * @param field the API name of the picklist
   * @param added values that it offers from now on
   * @param removed values that it no longer offers
   * @throws SalesforceSimulatorException if there is no such picklist, or it does not have a
   *     removed value
   */
  public void changePicklist(
      String object, String field, List<String> added, List<String> removed) {
    org.changePicklist(object, field, added, removed);
  }

  /**
   * Changes what the integration user may do with a field, and whether all users must give it a
   * value, as an administrator does. Records keep what they have. Staff may still do everything.
   *
   * @param object the object, such as {@code Contact}
   * @param field the API name of the field
   * @throws SalesforceSimulatorException if there is no such field
   * @since 0.2.0
   */
  public void changeAccess(
      String object, String field, FieldAccess.Permission permission, boolean required) {
    org.changeAccess(object, field, permission, required);
  }

  /**
   * Adds a validation rule to what the Tooling API lists, or switches one on or off, as an
   * administrator does. The rule is listed and does not act; {@link
   * SalesforceSimulatorBuilder#automation} does.
   *
   * @param object the object, such as {@code Contact}
   * @param name the rule's name
   * @param active whether it is switched on
   */
  public void validationRule(String object, String name, boolean active) {
    run(
        () -> {
          org.setup().validationRule(object, name, active);
          return name;
        });
  }

  /**
   * Gives the integration user permissions or takes them; it starts with the first and without the
   * second.
   *
   * @param viewSetup View Setup and Configuration: the Tooling API shows the org's setup
   * @param authorApex Author Apex: the org executes anonymous Apex
   */
  public void permit(boolean viewSetup, boolean authorApex) {
    run(
        () -> {
          org.setup().permit(viewSetup, authorApex);
          return "";
        });
  }

  /**
   * Sets the access level of e-mail, as an administrator does; off in the beginning, as in a fresh
   * sandbox.
   *
   * @param allowed whether automation may send e-mail
   */
  public void deliverMail(boolean allowed) {
    run(
        () -> {
          org.setup().allowMail(allowed);
          return "";
        });
  }

  /**
   * A hash over all records of the org: ids, fields and stamps, in a fixed order.
   *
   * @return SHA-256 in hexadecimal
   */
  public String fingerprint() {
    return run(org::fingerprint);
  }
}
