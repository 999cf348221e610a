package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.RequestLine;
import feign.TypedResponse;
import java.util.List;

/** What Salesforce tells everybody: no session, not counted. */
@Headers("Accept: application/json")
public interface OpenApi {

  @RequestLine("GET /services/data")
  TypedResponse<List<Wire.Version>> versions();
}
