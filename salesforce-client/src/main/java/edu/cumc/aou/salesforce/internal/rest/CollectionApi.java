package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Up to 200 records at a time; up to 2,000 when they are read. */
@Headers("Accept: application/json")
public interface CollectionApi {

  @RequestLine("POST /services/data/v{version}/composite/sobjects")
  @Headers("Content-Type: application/json; charset=UTF-8")
  List<Wire.@Nullable SaveRow> create(@Param("version") String version, Wire.WriteRequest request);

  @RequestLine("PATCH /services/data/v{version}/composite/sobjects")
  @Headers("Content-Type: application/json; charset=UTF-8")
  List<Wire.@Nullable SaveRow> update(@Param("version") String version, Wire.WriteRequest request);

  @RequestLine("PATCH /services/data/v{version}/composite/sobjects/{object}/{field}")
  @Headers("Content-Type: application/json; charset=UTF-8")
  List<Wire.@Nullable SaveRow> upsert(
      @Param("version") String version,
      @Param("object") String object,
      @Param("field") String field,
      Wire.WriteRequest request);

  @RequestLine("DELETE /services/data/v{version}/composite/sobjects?ids={ids}&allOrNone=false")
  List<Wire.@Nullable SaveRow> delete(@Param("version") String version, @Param("ids") String ids);

  @RequestLine("POST /services/data/v{version}/composite/sobjects/{object}")
  @Headers("Content-Type: application/json; charset=UTF-8")
  List<@Nullable Map<String, @Nullable Object>> retrieve(
      @Param("version") String version,
      @Param("object") String object,
      Wire.RetrieveRequest request);
}
