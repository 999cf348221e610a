package edu.cumc.aou.salesforce.internal.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The body of a request to the token endpoint. Holds secrets. */
final class Form {

  private final Map<String, String> entries = new LinkedHashMap<>();

  Form(String grantType) {
    entries.put("grant_type", grantType);
  }

  Form with(String name, String value) {
    entries.put(name, value);
    return this;
  }

  String encoded() {
    return entries.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public String toString() {
    return "Form" + entries.keySet();
  }
}
