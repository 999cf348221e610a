package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.util.Map;

/** What the org says about itself. */
@Headers("Accept: application/json")
public interface OrgApi {

  @RequestLine("GET /services/data/v{version}/limits")
  Map<String, JsonNode> limits(@Param("version") String version);

  @RequestLine("GET /services/data/v{version}/")
  Map<String, JsonNode> resources(@Param("version") String version);

  @RequestLine("GET /services/data/v{version}/sobjects")
  Wire.Objects objects(@Param("version") String version);

  @RequestLine("GET /services/data/v{version}/sobjects/{object}/describe")
  Wire.Description describe(@Param("version") String version, @Param("object") String object);

  @RequestLine("GET /services/data/v{version}/sobjects/{object}/updated/?start={from}&end={to}")
  Wire.UpdatedAnswer updated(
      @Param("version") String version,
      @Param("object") String object,
      @Param("from") String from,
      @Param("to") String to);

  @RequestLine("GET /services/data/v{version}/sobjects/{object}/deleted/?start={from}&end={to}")
  Wire.DeletedAnswer deleted(
      @Param("version") String version,
      @Param("object") String object,
      @Param("from") String from,
      @Param("to") String to);
}
