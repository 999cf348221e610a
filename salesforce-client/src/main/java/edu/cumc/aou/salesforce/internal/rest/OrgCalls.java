package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.ApiLimit;
import edu.cumc.aou.salesforce.ApiVersion;
import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.ObjectSummary;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.wire.Headers;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import feign.TypedResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Asks the org for its versions, its time, its limits and its objects. Thread-safe. */
public final class OrgCalls {

  private final Calls calls;
  private final Supplier<OpenApi> openApi;
  private final Supplier<OrgApi> org;

  public OrgCalls(Calls calls, Supplier<OpenApi> openApi, Supplier<OrgApi> org) {
    this.calls = calls;
    this.openApi = openApi;
    this.org = org;
  }

  public List<ApiVersion> versions() {
    List<ApiVersion> versions = new ArrayList<>();
    for (Wire.Version wire : open("versions").body()) {
      String number = WireValues.required(wire.version(), "a version");
      versions.add(new ApiVersion(number, wire.label() == null ? number : wire.label()));
    }
    return List.copyOf(versions);
  }

  public Instant serverTime() {
    return Headers.first(open("server time").headers(), "Date")
        .flatMap(Headers::date)
        .orElseThrow(() -> WireValues.missing("the Date header"));
  }

  private TypedResponse<List<Wire.Version>> open(String operation) {
    calls.sessions().current();
    return calls.gateway().callOpen(operation, () -> openApi.get().versions());
  }

  public Map<String, ApiLimit> limits() {
    Map<String, ApiLimit> limits = new LinkedHashMap<>();
    calls
        .read(CallKind.OTHER, "limits", () -> org.get().limits(calls.version()))
        .forEach(
            (name, limit) -> {
              JsonNode max = limit.path("Max");
              JsonNode remaining = limit.path("Remaining");
              if (max.isNumber() && remaining.isNumber()) {
                limits.put(name, new ApiLimit(max.asLong(), remaining.asLong()));
              }
            });
    return Map.copyOf(limits);
  }

  public List<ObjectSummary> objects() {
    Wire.Objects listed =
        calls.read(CallKind.DESCRIBE, "objects", () -> org.get().objects(calls.version()));
    return WireValues.required(listed.sobjects(), "the objects").stream()
        .map(Wire.ListedObject::read)
        .toList();
  }
}
