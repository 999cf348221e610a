package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.TypedResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record at a time. */
@Headers("Accept: application/json")
public interface RecordApi {

  @RequestLine("GET /services/data/v{version}/sobjects/{object}/{id}?fields={fields}")
  Map<String, @Nullable Object> get(
      @Param("version") String version,
      @Param("object") String object,
      @Param("id") String id,
      @Param("fields") String fields);

  /**
   * Reads by external id.
   *
   * @param value percent-encoded as for {@link #upsert}
   */
  @RequestLine(
      value = "GET /services/data/v{version}/sobjects/{object}/{field}/{value}?fields={fields}",
      decodeSlash = false)
  Map<String, @Nullable Object> byExternalId(
      @Param("version") String version,
      @Param("object") String object,
      @Param("field") String field,
      @Param(value = "value", encoded = true) String value,
      @Param("fields") String fields);

  @RequestLine("POST /services/data/v{version}/sobjects/{object}")
  @Headers("Content-Type: application/json; charset=UTF-8")
  Wire.SaveRow create(
      @Param("version") String version,
      @Param("object") String object,
      Map<String, @Nullable Object> fields);

  @RequestLine("PATCH /services/data/v{version}/sobjects/{object}/{id}")
  @Headers("Content-Type: application/json; charset=UTF-8")
  void update(
      @Param("version") String version,
      @Param("object") String object,
      @Param("id") String id,
      Map<String, @Nullable Object> fields);

  /**
   * Creates or updates by external id.
   *
   * @param value percent-encoded down to letters, digits and {@code -._~}
   */
  @RequestLine(
      value = "PATCH /services/data/v{version}/sobjects/{object}/{field}/{value}",
      decodeSlash = false)
  @Headers("Content-Type: application/json; charset=UTF-8")
  TypedResponse<Wire.UpsertAnswer> upsert(
      @Param("version") String version,
      @Param("object") String object,
      @Param("field") String field,
      @Param(value = "value", encoded = true) String value,
      Map<String, @Nullable Object> fields);

  /**
   * Updates by external id, and never creates.
   *
   * @param value percent-encoded as for {@link #upsert}
   */
  @RequestLine(
      value = "PATCH /services/data/v{version}/sobjects/{object}/{field}/{value}?updateOnly=true",
      decodeSlash = false)
  @Headers("Content-Type: application/json; charset=UTF-8")
  TypedResponse<Wire.UpsertAnswer> updateByExternalId(
      @Param("version") String version,
      @Param("object") String object,
      @Param("field") String field,
      @Param(value = "value", encoded = true) String value,
      Map<String, @Nullable Object> fields);

  /**
   * Deletes by external id.
   *
   * @param value percent-encoded as for {@link #upsert}
   */
  @RequestLine(
      value = "DELETE /services/data/v{version}/sobjects/{object}/{field}/{value}",
      decodeSlash = false)
  void deleteByExternalId(
      @Param("version") String version,
      @Param("object") String object,
      @Param("field") String field,
      @Param(value = "value", encoded = true) String value);

  @RequestLine("DELETE /services/data/v{version}/sobjects/{object}/{id}")
  void delete(
      @Param("version") String version, @Param("object") String object, @Param("id") String id);
}
