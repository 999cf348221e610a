package edu.cumc.aou.simulator.salesforce.rest;

import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.RecordJson;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code sobjects/X/id/relationship}: the parent of a record, or its children. */
final class Relationships {
  private final Org org;
  private final RecordJson recordJson;
  private final QueryResource queries;

  Relationships(Org org, RecordJson recordJson, QueryResource queries) {
    this.org = org;
    this.recordJson = recordJson;
    this.queries = queries;
  }

  Answer read(Call call, ObjectType type, String id, String relationship) {
    Row row = RecordResource.existing(org, type, id);
    Optional<Field> lookup = type.relationship(relationship);
    if (lookup.isPresent()) {
      return FieldPath.parent(org.database(), row, lookup.get())
          .map(parent -> Answer.ok(RecordResource.json(call, recordJson, parent)))
          .orElseGet(() -> Answer.empty(204));
    }
    return org.schema()
        .child(type, relationship)
        .map(children -> children(call, children, row.id()))
        .orElseThrow(ApiException::notFound);
  }

  private Answer children(Call call, Map.Entry<ObjectType, Field> children, String id) {
    ObjectType type = children.getKey();
    Stream<Field> fields =
        call.queryParameter("fields")
            .map(
                names ->
                    Arrays.stream(names.split(",", -1))
                        .map(name -> RecordResource.field(type, name.strip())))
            .orElseGet(() -> type.seenFields().stream());
    return queries.answer(
        call,
        "SELECT "
            + fields.map(Field::name).distinct().collect(Collectors.joining(", "))
            + " FROM "
            + type.name()
            + " WHERE "
            + children.getValue().name()
            + " = '"
            + id
            + "'",
        false);
  }
}
