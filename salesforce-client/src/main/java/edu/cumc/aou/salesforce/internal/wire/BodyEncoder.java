package edu.cumc.aou.salesforce.internal.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import feign.RequestTemplate;
import feign.codec.Encoder;
import feign.jackson.JacksonEncoder;
import java.lang.reflect.Type;

/** Writes forms and envelopes as they are, everything else as JSON. */
public final class BodyEncoder implements Encoder {

  private final JacksonEncoder jackson;
  private final int compressFrom;

  public BodyEncoder(ObjectMapper mapper, int compressFrom) {
    jackson = new JacksonEncoder(mapper);
    this.compressFrom = compressFrom;
  }

  @Override
  public void encode(Object body, Type bodyType, RequestTemplate template) {
    if (body instanceof String text) {
      template.body(text);
      return;
    }
    jackson.encode(body, bodyType, template);
    if (compressFrom > 0 && template.body().length >= compressFrom) {
      // feign-hc5 compresses a body with this header.
      template.header("Content-Encoding", "gzip");
    }
  }
}
