package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.CompositeRequest;
import edu.cumc.aou.salesforce.CompositeRequest.Call;
import edu.cumc.aou.salesforce.CompositeRequest.Verb;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.repeat.Verdicts;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends composite requests. Thread-safe. */
public final class CompositeCalls {

  private final Calls calls;
  private final Supplier<CompositeApi> api;

  public CompositeCalls(Calls calls, Supplier<CompositeApi> api) {
    this.calls = calls;
    this.api = api;
  }

  public Map<String, SaveResult> send(CompositeRequest request) {
    return send(request, Safety.REPEATABLE);
  }

  /**
   * Sends a request.
   *
   * @param upserts whether upserts in it may be carried out twice; creates never may
   */
  public Map<String, SaveResult> send(CompositeRequest request, Safety upserts) {
    if (request.calls().isEmpty()) {
      return Map.of();
    }
    List<Map<String, Object>> wire = request.calls().stream().map(this::wire).toList();
    boolean creates = request.calls().stream().anyMatch(c -> c.verb() == Verb.CREATE);
    Wire.CompositeAnswer answer =
        calls.write(
            "composite of " + wire.size(),
            creates ? Safety.ONCE : upserts,
            () ->
                api.get()
                    .send(
                        calls.version(),
                        new Wire.CompositeBody(request.isAllOrNone(), false, wire)));
    List<Wire.CompositePart> parts = answer.compositeResponse();
    if (parts == null || parts.size() != wire.size()) {
      throw unreadable();
    }
    Map<String, SaveResult> results = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Call call = request.calls().get(i);
      Wire.CompositePart part = parts.get(i);
      if (!call.reference().equals(part.referenceId())) {
        throw unreadable();
      }
      results.put(call.reference(), result(call, part));
    }
    return results;
  }

  /** The numbers of counting queries; empty if one of them is refused. */
  public Optional<List<Long>> counts(List<String> soql) {
    if (soql.size() > Salesforce.MAX_COUNTS) {
      throw new IllegalArgumentException("a call counts " + Salesforce.MAX_COUNTS + " at most");
    }
    List<Map<String, Object>> wire = new ArrayList<>();
    for (String text : soql) {
      wire.add(
          Map.of(
              "method",
              "GET",
              "url",
              "/services/data/v" + calls.version() + "/query?q=" + WireValues.percentEncoded(text),
              "referenceId",
              "count" + wire.size()));
    }
    Wire.CompositeAnswer answer =
        calls.read(
            CallKind.QUERY,
            "counts",
            () -> api.get().send(calls.version(), new Wire.CompositeBody(false, false, wire)));
    List<Wire.CompositePart> parts = answer.compositeResponse();
    List<Long> counts = new ArrayList<>();
    for (Wire.CompositePart part : parts == null ? List.<Wire.CompositePart>of() : parts) {
      JsonNode body = part.body();
      if (part.httpStatusCode() == 200 && body != null && body.path("totalSize").isNumber()) {
        counts.add(body.path("totalSize").asLong());
      }
    }
    return counts.size() == soql.size() ? Optional.of(List.copyOf(counts)) : Optional.empty();
  }

  private static SalesforceException unreadable() {
    return WireValues.missing("an answer to each call").asAnswerLost();
  }

  private Map<String, Object> wire(Call call) {
    String object = "/services/data/v" + calls.version() + "/sobjects/" + Soql.name(call.object());
    String method =
        switch (call.verb()) {
          case CREATE -> "POST";
          case UPDATE, UPSERT -> "PATCH";
          case DELETE -> "DELETE";
        };
    String url =
        switch (call.verb()) {
          case CREATE -> object;
          case UPDATE, DELETE -> object + "/" + id(call.id());
          case UPSERT ->
              object
                  + "/"
                  + Soql.name(call.externalIdField())
                  + "/"
                  + WireValues.percentEncoded(call.id());
        };
    Map<String, Object> wire = new LinkedHashMap<>();
    wire.put("method", method);
    wire.put("url", url);
    wire.put("referenceId", call.reference());
    if (call.verb() != Verb.DELETE) {
      wire.put("body", WireValues.plain(call.fields()));
    }
    return wire;
  }

  private static String id(String id) {
    return id.matches("@\\{[A-Za-z0-9][A-Za-z0-9_]*\\.id}") ? id : Calls.id(id);
  }

  private static SaveResult result(Call call, Wire.CompositePart part) {
    JsonNode body = part.body();
    int status = part.httpStatusCode();
    if (status >= 200 && status < 300) {
      String given = body == null ? "" : body.path("id").asText("");
      boolean created =
          call.verb() == Verb.CREATE
              || (call.verb() == Verb.UPSERT
                  && (body == null
                      ? status == 201
                      : body.path("created").asBoolean(status == 201)));
      return new Saved(given.isEmpty() ? knownId(call) : given, created);
    }
    if (status == 300) {
      return new Refused(List.of(new RecordError("MULTIPLE_CHOICES", List.of(), false)));
    }
    List<ErrorBody.ApiError> errors = body == null ? List.of() : ErrorBody.ofJson(body);
    if (call.verb() == Verb.DELETE
        && errors.stream().anyMatch(e -> e.code().equals("ENTITY_IS_DELETED"))) {
      return new Saved(knownId(call), false);
    }
    return errors.isEmpty()
        ? new Refused(List.of(new RecordError(ErrorBody.UNRECOGNISED, List.of(), false)))
        : new Refused(
            errors.stream()
                .map(e -> new RecordError(e.code(), e.fields(), Verdicts.passes(e), e.matches()))
                .toList());
  }

  /**
   * The answer to an update is empty; for a record that the same request creates, the id is in the
   * answer to the create.
   */
  private static String knownId(Call call) {
    boolean byId = call.verb() == Verb.UPDATE || call.verb() == Verb.DELETE;
    return byId && !call.id().startsWith("@") ? call.id() : "";
  }
}
