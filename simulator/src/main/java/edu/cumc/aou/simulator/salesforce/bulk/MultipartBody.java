package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body that creates a job together with its data: parts named {@code job} and content. */
final class MultipartBody {
  private static final String END = "\r\n";
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("\\bname=\"?([^\";\r\n]+)\"?");

  private final Map<String, String> parts;

  private MultipartBody(Map<String, String> parts) {
    this.parts = parts;
  }

  static boolean isSentBy(Call call) {
    return call.header("Content-Type").orElse("").startsWith("multipart/form-data");
  }

  /**
   * Splits the body.
   *
   * @throws ApiException if it differs from its content type
   */
  static MultipartBody of(Call call) {
    Matcher boundary = BOUNDARY.matcher(call.header("Content-Type").orElse(""));
    if (!boundary.find()) {
      throw malformed("the content type names no boundary");
    }
    String delimiter = "--" + boundary.group(1);
    Map<String, String> parts = new HashMap<>();
    int start = call.body().indexOf(delimiter);
    while (start >= 0 && !call.body().startsWith("--", start + delimiter.length())) {
      int content = start + delimiter.length() + END.length();
      int end = call.body().indexOf(END + delimiter, content);
      int blank = call.body().indexOf(END + END, content);
      if (end < 0 || blank < 0 || blank > end) {
        throw malformed("a part does not end, or has no header");
      }
      Matcher name = NAME.matcher(call.body().substring(content, blank));
      if (!name.find()) {
        throw malformed("a part has no name");
      }
      int from = blank + 2 * END.length();
      parts.put(name.group(1), from > end ? "" : call.body().substring(from, end));
      start = end + END.length();
    }
    return new MultipartBody(parts);
  }

  private static ApiException malformed(String why) {
    return ApiException.of(400, "INVALID_MULTIPART_REQUEST", "The body is not multipart: " + why);
  }

  JsonNode job() {
    try {
      return new ObjectMapper().readTree(part("job"));
    } catch (JsonProcessingException e) {
      throw ApiException.of(400, "JSON_PARSER_ERROR", e.getOriginalMessage());
    }
  }

  String content() {
    return part("content");
  }

  private String part(String name) {
    return Optional.ofNullable(parts.get(name))
        .orElseThrow(() -> malformed("there is no part " + name));
  }
}
