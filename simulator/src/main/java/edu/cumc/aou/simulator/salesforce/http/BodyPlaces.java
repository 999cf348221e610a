package edu.cumc.aou.simulator.salesforce.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Finds the place of a value in a body. It looks only when an error needs the place, so other
 * requests cost nothing.
 */
final class BodyPlaces {
  private static final JsonFactory FACTORY = new JsonFactory();

  private BodyPlaces() {}

  /** {@code root}: what was read from the body. */
  static String of(String body, JsonNode root, ApiException.Property value) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.nextToken();
      return find(parser, root, value).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Follows the tokens of a node, of which the first one was read. */
  @SuppressWarnings("ReferenceEquality") // an equal object elsewhere in the body is another one
  private static Optional<String> find(
      JsonParser parser, JsonNode node, ApiException.Property value) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        Optional<String> found = find(parser, node.path(i), value);
        if (found.isPresent()) {
          return found;
        }
      }
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (node == value.holder() && name.equals(value.name())) {
          return Optional.of(
              " at [line:"
                  + parser.currentTokenLocation().getLineNr()
                  + ", column:"
                  + parser.currentTokenLocation().getColumnNr()
                  + "]");
        }
        Optional<String> found = find(parser, node.path(name), value);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
