package edu.cumc.aou.sync.audit;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the audit trail, all SHA-256. Each text is preceded by its length, so that two
 * different contents never give the same bytes. Leaves, nodes and rows begin with different bytes,
 * so that none can pass for another.
 */
public final class AuditHash {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte ROW = 2;
  private static final Base64.Encoder SHORT = Base64.getUrlEncoder().withoutPadding();

  private AuditHash() {}

  /** A nonce of 16 random bytes, as it is stored. */
  public static String nonce(byte[] random) {
    return SHORT.encodeToString(random);
  }

  /** The leaf of a record. */
  public static String leaf(String nonce, List<@Nullable String> content) {
    MessageDigest digest = begin(LEAF);
    add(digest, nonce);
    content.forEach(text -> add(digest, text));
    return SHORT.encodeToString(digest.digest());
  }

  /** Gives a row its place in the chain and its hash. */
  public static Row row(
      Head before,
      Instant at,
      String kind,
      String who,
      @Nullable RunId run,
      long batch,
      long records,
      SortedMap<String, String> what,
      String root,
      long seq) {
    Row open = new Row(seq, at, kind, who, run, batch, records, what, root, before.hash(), "");
    return new Row(seq, at, kind, who, run, batch, records, what, root, before.hash(), of(open));
  }

  /** The hash that a row must have. */
  public static String of(Row row) {
    MessageDigest digest = begin(ROW);
    add(digest, Long.toString(row.seq()));
    add(digest, row.at().toString());
    add(digest, row.kind());
    add(digest, row.who());
    add(digest, row.run() == null ? null : Long.toString(row.run().value()));
    add(digest, Long.toString(row.batch()));
    add(digest, Long.toString(row.records()));
    row.what()
        .forEach(
            (name, text) -> {
              add(digest, name);
              add(digest, text);
            });
    add(digest, row.root());
    add(digest, row.previous());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest begin(byte what) {
    MessageDigest digest = sha256();
    digest.update(what);
    return digest;
  }

  private static void add(MessageDigest digest, @Nullable String text) {
    if (text == null) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(-1).array());
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A hash tree that takes its leaves one by one and keeps only a few of them. */
  public static final class Tree {

    private record Node(int height, ByteBuffer hash) {}

    private final Deque<Node> open = new ArrayDeque<>();
    private long leaves;

    /** Adds the next leaf, made by {@link AuditHash#leaf}. */
    public void add(String leaf) {
      Node node = new Node(0, ByteBuffer.wrap(leaf.getBytes(StandardCharsets.UTF_8)));
      leaves++;
      while (!open.isEmpty() && open.peek().height() == node.height()) {
        node = joined(open.pop(), node);
      }
      open.push(node);
    }

    /** How many leaves there are. */
    public long leaves() {
      return leaves;
    }

    /** The root in hexadecimal; empty text without leaves. */
    public String root() {
      if (open.isEmpty()) {
        return "";
      }
      Deque<Node> rest = new ArrayDeque<>(open);
      Node root = rest.pop();
      while (!rest.isEmpty()) {
        root = joined(rest.pop(), root);
      }
      MessageDigest digest = begin(NODE);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(leaves).array());
      digest.update(root.hash().duplicate());
      return HexFormat.of().formatHex(digest.digest());
    }

    private static Node joined(Node left, Node right) {
      MessageDigest digest = begin(NODE);
      digest.update(left.hash().duplicate());
      digest.update(right.hash().duplicate());
      return new Node(
          Math.max(left.height(), right.height()) + 1, ByteBuffer.wrap(digest.digest()));
    }
  }
}
