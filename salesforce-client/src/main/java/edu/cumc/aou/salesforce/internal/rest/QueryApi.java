package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.Param;
import feign.RequestLine;

/** Queries. */
@Headers({"Accept: application/json", "Sforce-Query-Options: batchSize=2000"})
public interface QueryApi {

  @RequestLine("GET /services/data/v{version}/query?q={soql}")
  Wire.Page query(@Param("version") String version, @Param("soql") String soql);

  @RequestLine("GET /services/data/v{version}/queryAll?q={soql}")
  Wire.Page queryAll(@Param("version") String version, @Param("soql") String soql);

  /**
   * A further page.
   *
   * @param path from Salesforce, and checked
   */
  @RequestLine("GET {path}")
  Wire.Page more(@Param(value = "path", encoded = true) String path);
}
