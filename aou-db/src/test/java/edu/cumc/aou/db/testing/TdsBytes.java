package edu.cumc.aou.db.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes that gather, the lowest first in every number. */
final class TdsBytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  TdsBytes number(int length, long value) {
    for (int i = 0; i < length; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  TdsBytes raw(byte[] raw) {
    bytes.writeBytes(raw);
    return this;
  }

  /** A text after its length in characters, which takes so many bytes. */
  TdsBytes text(int lengthOfLength, String text) {
    return number(lengthOfLength, text.length()).raw(utf16(text));
  }

  int size() {
    return bytes.size();
  }

  /** All so far, which are then forgotten. */
  byte[] take() {
    byte[] all = bytes.toByteArray();
    bytes.reset();
    return all;
  }

  static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }
}
