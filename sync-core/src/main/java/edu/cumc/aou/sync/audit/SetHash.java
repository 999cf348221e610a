package edu.cumc.aou.sync.audit;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A hash of a set of leaves (MuHash). Leaves are added and removed one by one, in any order. Each
 * leaf is a number modulo a prime of 3,072 bits, and the product of these numbers stands for the
 * set. Nobody can find another set with the same product. Immutable.
 */
public final class SetHash {

  /** The empty set. */
  public static final SetHash EMPTY = new SetHash(0, BigInteger.ONE);

  private static final int BYTES = 384;
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(BYTES * Byte.SIZE).subtract(BigInteger.valueOf(1_103_717));
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final long size;
  private final BigInteger product;

  private SetHash(long size, BigInteger product) {
    this.size = size;
    this.product = product;
  }

  /** This set and these leaves. */
  public SetHash with(Collection<String> leaves) {
    return new SetHash(size + leaves.size(), times(product, leaves));
  }

  /** This set without these leaves. */
  public SetHash without(Collection<String> leaves) {
    BigInteger taken = times(BigInteger.ONE, leaves);
    return leaves.isEmpty()
        ? this
        : new SetHash(size - leaves.size(), product.multiply(taken.modInverse(PRIME)).mod(PRIME));
  }

  private static BigInteger times(BigInteger product, Collection<String> leaves) {
    BigInteger result = product;
    for (String leaf : leaves) {
      result = result.multiply(number(leaf)).mod(PRIME);
    }
    return result;
  }

  private static BigInteger number(String leaf) {
    MessageDigest digest = AuditHash.sha256();
    byte[] text = leaf.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    for (byte part = 0; bytes.hasRemaining(); part++) {
      digest.update(part);
      bytes.put(digest.digest(text));
    }
    BigInteger number = new BigInteger(1, bytes.array()).mod(PRIME);
    return number.signum() == 0 ? BigInteger.ONE : number;
  }

  /** What rows of the trail hold: the number of leaves, and a hash of their product. */
  public String digest() {
    return size + ":" + HexFormat.of().formatHex(AuditHash.sha256().digest(bytes()));
  }

  /** The whole set, for {@link #parse}. */
  public String text() {
    return size + ":" + TEXT.encodeToString(bytes());
  }

  /** Reads what {@link #text} writes; any other text gives a set that no leaves have. */
  public static SetHash parse(String text) {
    String[] parts = text.split(":", 2);
    if (parts.length != 2 || !parts[0].matches("-?[0-9]{1,18}")) {
      return new SetHash(-1, BigInteger.TWO);
    }
    try {
      BigInteger product = new BigInteger(1, Base64.getUrlDecoder().decode(parts[1])).mod(PRIME);
      return new SetHash(
          Long.parseLong(parts[0]), product.signum() == 0 ? BigInteger.TWO : product);
    } catch (IllegalArgumentException e) {
      return new SetHash(-1, BigInteger.TWO);
    }
  }

  private byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    byte[] number = product.toByteArray();
    int from = number.length > BYTES ? number.length - BYTES : 0;
    System.arraycopy(number, from, bytes, BYTES - (number.length - from), number.length - from);
    return bytes;
  }
}
