package edu.cumc.aou.salesforce.internal.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBodyTest {

  private static final int PLAIN = 4 * 1024 * 1024;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PLAIN - 1, PLAIN, PLAIN + 1, 3 * PLAIN})
  void text_isReadAsItWasWritten_howeverOften(int length) throws IOException {
    Random random = new Random(length);
    byte[] text = new byte[length];
    random.nextBytes(text);
    CsvBody body = new CsvBody();
    try (OutputStream writer = body.writer()) {
      int from = 0;
      while (from < length) {
        int count = Math.min(length - from, 1 + random.nextInt(100_000));
        if (count == 1) {
          writer.write(text[from]);
        } else {
          writer.write(text, from, count);
        }
        from += count;
      }
    }

    assertThat(body.length()).isEqualTo(length);
    for (int reading = 1; reading <= 2; reading++) {
      try (InputStream in = body.open()) {
        assertThat(in.readAllBytes()).isEqualTo(text);
      }
    }
  }
}
