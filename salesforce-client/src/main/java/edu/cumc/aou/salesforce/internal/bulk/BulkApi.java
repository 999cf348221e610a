package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.internal.wire.AnswerDeadline;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bulk jobs. The sort of a job in an address is {@code ingest} or {@code query}. */
public interface BulkApi {

  @RequestLine("POST /services/data/v{version}/jobs/{sort}")
  @Headers({"Accept: application/json", "Content-Type: application/json; charset=UTF-8"})
  Wire.Job create(
      @Param("version") String version, @Param("sort") String sort, Map<String, String> job);

  @RequestLine("PATCH /services/data/v{version}/jobs/{sort}/{id}")
  @Headers({"Accept: application/json", "Content-Type: application/json; charset=UTF-8"})
  Wire.Job change(
      @Param("version") String version,
      @Param("sort") String sort,
      @Param("id") String id,
      Map<String, String> change);

  @RequestLine("GET /services/data/v{version}/jobs/{sort}/{id}")
  @Headers("Accept: application/json")
  Wire.Job job(
      @Param("version") String version, @Param("sort") String sort, @Param("id") String id);

  @RequestLine("DELETE /services/data/v{version}/jobs/{sort}/{id}")
  @Headers("Accept: application/json")
  void delete(@Param("version") String version, @Param("sort") String sort, @Param("id") String id);

  /** Rows of a job's results; {@link CsvAnswer} checks and closes the response. */
  @RequestLine("GET /services/data/v{version}/jobs/ingest/{id}/{file}")
  @Headers("Accept: " + AnswerDeadline.STREAMED)
  Response rows(
      @Param("version") String version, @Param("id") String id, @Param("file") String file);

  /**
   * A page of a query's results; {@link CsvAnswer} checks and closes the response.
   *
   * @param locator null for the first page
   */
  @RequestLine(
      "GET /services/data/v{version}/jobs/query/{id}/results?maxRecords={most}&locator={locator}")
  @Headers("Accept: " + AnswerDeadline.STREAMED)
  Response page(
      @Param("version") String version,
      @Param("id") String id,
      @Param("most") int most,
      @Param("locator") @Nullable String locator);
}
