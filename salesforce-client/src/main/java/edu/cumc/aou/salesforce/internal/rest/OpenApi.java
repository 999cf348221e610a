package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.RequestLine;
import feign.TypedResponse;
import java.util.List;

/** Calls that need no session, and are not counted. */
@Headers("Accept: application/json")
public interface OpenApi {

  @RequestLine("GET /services/data")
  TypedResponse<List<Wire.Version>> versions();
}
