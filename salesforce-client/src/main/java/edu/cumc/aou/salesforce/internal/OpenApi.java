package edu.cumc.aou.salesforce.internal;

import feign.Headers;
import feign.RequestLine;
import feign.TypedResponse;
import java.util.List;

/** What Salesforce tells everybody: no session, not counted. */
@Headers("Accept: application/json")
interface OpenApi {

  @RequestLine("GET /services/data")
  TypedResponse<List<Wire.Version>> versions();
}
