package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.RecordJson;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code sobjects/X} and {@code sobjects/X/id}: one record at a time. */
public final class RecordResource implements Resource {
  private final Org org;
  private final RecordJson recordJson;

  public RecordResource(Org org) {
    this.org = org;
    this.recordJson = new RecordJson(org.database());
  }

  @Override
  public void register(Router router) {
    router.data("POST", "/sobjects/{object}", this::create);
    router.data("POST", "/sobjects/{object}/Id", this::create);
    router.data("GET", "/sobjects/{object}/{id}", this::read);
    router.data("PATCH", "/sobjects/{object}/{id}", this::update);
    router.data("DELETE", "/sobjects/{object}/{id}", this::delete);
  }

  private Answer create(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    Draft draft = call.json(json -> Draft.bind(org.schema(), type, json));
    return created(call, type, org.writer().insert(draft, call.userId()), Optional.empty());
  }

  /** The answer about a record that was just created. */
  static Answer created(Call call, ObjectType type, String id, Optional<Boolean> createdKey) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id).put("success", true);
    json.putArray("errors");
    createdKey.ifPresent(created -> json.put("created", created));
    return Answer.json(201, json)
        .withHeader("Location", call.dataPath() + "/sobjects/" + type.name() + "/" + id);
  }

  private Answer read(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    Row row = existing(type, call);
    return condition(call, row.systemModstamp())
        .orElseGet(() -> Answer.ok(json(call, recordJson, row)));
  }

  /**
   * The answer to a conditional request when its condition fails.
   *
   * @return empty if the request goes on
   */
  static Optional<Answer> condition(Call call, Instant changed) {
    boolean isNewer = call.time("If-Unmodified-Since").filter(changed::isAfter).isPresent();
    if (isNewer) {
      return Optional.of(Answer.empty(412));
    }
    boolean isOld =
        call.method().equals("GET")
            && call.time("If-Modified-Since").filter(since -> !changed.isAfter(since)).isPresent();
    return isOld ? Optional.of(Answer.empty(304)) : Optional.empty();
  }

  /** The record with the fields that the call asks for, or all. */
  static ObjectNode json(Call call, RecordJson recordJson, Row row) {
    List<FieldPath> columns = new ArrayList<>();
    Optional<String> wanted = call.queryParameter("fields");
    if (wanted.isPresent()) {
      columns.add(new FieldPath(List.of(), row.type().known("Id")));
      for (String name : wanted.get().split(",", -1)) {
        Field field = field(row.type(), name.strip());
        if (field.type() != FieldType.ID) {
          columns.add(new FieldPath(List.of(), field));
        }
      }
    } else {
      row.type().seenFields().forEach(field -> columns.add(new FieldPath(List.of(), field)));
    }
    return recordJson.of(call.dataPath(), row, columns);
  }

  static Field field(ObjectType type, String name) {
    return type.seenField(name).orElseThrow(() -> Draft.noSuchColumn(type, name));
  }

  private Answer update(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    Row row = existing(type, call);
    Optional<Answer> unwanted = condition(call, row.systemModstamp());
    if (unwanted.isPresent()) {
      return unwanted.get();
    }
    Draft draft = call.json(json -> Draft.bind(org.schema(), type, json));
    if (draft.id().isPresent()) {
      throw ApiException.of(
          400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
    }
    org.writer().update(row.id(), draft, call.userId());
    return Answer.empty(204);
  }

  private Answer delete(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    Row row = existing(type, call);
    Optional<Answer> unwanted = condition(call, row.systemModstamp());
    if (unwanted.isPresent()) {
      return unwanted.get();
    }
    org.writer().delete(type, row.id(), call.userId());
    return Answer.empty(204);
  }

  /** A record named in a URL: one that never existed is a resource that does not exist. */
  private Row existing(ObjectType type, Call call) {
    return existing(org, type, call.parameter("id"));
  }

  static Row existing(Org org, ObjectType type, String id) {
    try {
      return org.writer().existing(type, id);
    } catch (ApiException e) {
      throw e.code().equals("INVALID_CROSS_REFERENCE_KEY") ? ApiException.notFound() : e;
    }
  }
}
