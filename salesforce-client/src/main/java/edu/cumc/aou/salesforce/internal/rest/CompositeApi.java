package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.Param;
import feign.RequestLine;

/** Several calls in one. */
@Headers("Accept: application/json")
public interface CompositeApi {

  @RequestLine("POST /services/data/v{version}/composite")
  @Headers("Content-Type: application/json; charset=UTF-8")
  Wire.CompositeAnswer send(@Param("version") String version, Wire.CompositeBody request);
}
