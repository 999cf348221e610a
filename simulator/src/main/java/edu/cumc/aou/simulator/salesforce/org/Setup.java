package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Tooling API shows of the org's setup, and how much of it this user may see. The rules
 * are listed and do not act: {@link Automation} does. Not thread-safe: the org's lock guards it.
 */
public final class Setup {
  private static final String RULE = "ValidationRule";
  private static final String ENTITY = "EntityDefinition";

  private final OrgRecords database;
  private boolean viewSetup = true;
  private boolean authorApex;
  private boolean mailAllowed;
  private long lastRule;
  private long lastEntity;

  Setup() {
    try (InputStream seed = Setup.class.getResourceAsStream("tooling.json")) {
      JsonNode root =
          new ObjectMapper().readTree(Objects.requireNonNull(seed, "tooling.json is not packaged"));
      List<ObjectType> types = new ArrayList<>();
      root.path("objects").forEach(object -> types.add(new ObjectType(object, PmiKey.NONE)));
      database = new OrgRecords(Schema.of(types));
    } catch (IOException e) {
      throw new SalesforceSimulatorException("The schema tooling.json cannot be read", e);
    }
  }

  /** The objects of the Tooling API. */
  public OrgRecords database() {
    return database;
  }

  /** Whether the user has the permission View Setup and Configuration. */
  public boolean maySeeSetup() {
    return viewSetup;
  }

  /** Whether the user has the permission Author Apex. */
  public boolean mayAuthorApex() {
    return authorApex;
  }

  /** Whether automation may send e-mail out of the org. */
  public boolean mailAllowed() {
    return mailAllowed;
  }

  /** Gives and takes permissions. */
  public void permit(boolean seeSetup, boolean writeApex) {
    viewSetup = seeSetup;
    authorApex = writeApex;
  }

  /** Sets the access level of e-mail. */
  public void allowMail(boolean allowed) {
    mailAllowed = allowed;
  }

  /** Adds a validation rule to an object, or switches an existing one. */
  public void validationRule(String object, String name, boolean active) {
    ObjectType rules = database.schema().known(RULE);
    String entity = entity(object);
    Optional<Row> known =
        database.table(rules).rows().stream()
            .filter(row -> entity.equals(row.get("EntityDefinitionId")))
            .filter(row -> name.equals(row.get("ValidationName")))
            .findFirst();
    Map<Field, @Nullable Object> values = new LinkedHashMap<>();
    values.put(rules.known("Active"), active);
    if (known.isEmpty()) {
      values.put(rules.known("Id"), Ids.of("03d", ++lastRule));
      values.put(rules.known("ValidationName"), name);
      values.put(rules.known("EntityDefinitionId"), entity);
    }
    database.put(known.map(row -> row.with(values)).orElseGet(() -> Row.of(rules, values)));
    OrgRecords.Committed unused = database.commit();
  }

  private String entity(String object) {
    ObjectType entities = database.schema().known(ENTITY);
    Optional<Row> known =
        database.table(entities).rows().stream()
            .filter(row -> object.equals(row.get("QualifiedApiName")))
            .findFirst();
    if (known.isPresent()) {
      return known.get().id();
    }
    Map<Field, @Nullable Object> values = new LinkedHashMap<>();
    values.put(entities.known("Id"), Ids.of("000", ++lastEntity));
    values.put(entities.known("QualifiedApiName"), object);
    Row row = Row.of(entities, values);
    database.put(row);
    return row.id();
  }
}
