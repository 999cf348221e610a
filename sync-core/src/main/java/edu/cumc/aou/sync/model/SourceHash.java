package edu.cumc.aou.sync.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Short hashes of what the source says. A decision stores one; when the hash differs later, the
 * decision is about something else. The hash reveals nothing of the source.
 */
public final class SourceHash {

  private static final int BYTES = 8;

  private SourceHash() {}

  /** Hashes texts so that their boundaries count. */
  public static String of(List<String> texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /** Hashes whole rows, in their order. */
  public static String ofRows(List<SourceRow> rows) {
    return of(
        rows.stream()
            .flatMap(
                row ->
                    row.columns().stream()
                        .map(c -> c + "=" + row.value(c).map(Object::toString).orElse("")))
            .toList());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
