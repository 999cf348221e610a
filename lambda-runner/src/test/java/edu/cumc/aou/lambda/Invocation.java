package edu.cumc.aou.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Invokes a handler in this process. */
final class Invocation {

  private Invocation() {}

  /** Gives what it answers; what it throws comes out as it is. */
  static JsonNode of(SyncHandler handler, String event, int remainingMillis) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        out,
        new FakeContext(remainingMillis));
    return new ObjectMapper().readTree(out.toByteArray());
  }
}
