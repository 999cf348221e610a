package edu.cumc.aou.db.store;

import edu.cumc.aou.db.adapter.DatabaseFaults;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.Dialect;
import edu.cumc.aou.sync.audit.AuditHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The store's database: puts the schema's name into every statement, and the proof of the lease
 * into every unit of work of its holder.
 */
final class StoreDatabase implements AutoCloseable {

  /** The length of its column. */
  private static final int LONGEST_WHO = 200;

  private static final String NOBODY = "somebody";

  private static final Pattern PLACE = Pattern.compile("\\$\\.|~|\\^");

  private final Database database;
  private final String schema;
  private final DatabaseFaults translation = new DatabaseFaults("store");
  private final @Nullable LeaseHold hold;
  private final String who;
  private final SecureRandom random;

  /** How long only heartbeats have renewed the lease. */
  private final AtomicLong silenceMillis;

  StoreDatabase(Database database, String schema) {
    this(database, schema, null, new AtomicLong(), NOBODY, new SecureRandom());
  }

  private StoreDatabase(
      Database database,
      String schema,
      @Nullable LeaseHold hold,
      AtomicLong silenceMillis,
      String who,
      SecureRandom random) {
    this.database = database;
    this.schema = schema;
    this.hold = hold;
    this.silenceMillis = silenceMillis;
    this.who = who;
    this.random = random;
  }

  /** The same database with a user for the audit trail. */
  StoreDatabase by(String name) {
    String shortened = name.length() > LONGEST_WHO ? name.substring(0, LONGEST_WHO) : name;
    return new StoreDatabase(database, schema, hold, silenceMillis, shortened, random);
  }

  /** The user in the audit trail. */
  String who() {
    return who;
  }

  /** A unique number for the leaves of one row of the audit trail. */
  long newBatch() {
    return 1 + (random.nextLong() >>> 2);
  }

  /** A nonce, so that a leaf does not reveal its content. */
  String newNonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return AuditHash.nonce(bytes);
  }

  /** The same database for the holder of a lease, who proves it in every unit of work. */
  StoreDatabase under(LeaseHold holder) {
    return new StoreDatabase(database, schema, holder, silenceMillis, who, random);
  }

  /** The same database for statements about the lease itself. */
  StoreDatabase withoutHold() {
    return hold == null
        ? this
        : new StoreDatabase(database, schema, null, silenceMillis, who, random);
  }

  /** The owner of the rows that are staged here. */
  long token() {
    return hold == null ? LeaseHold.NOBODY : hold.token();
  }

  Duration silence() {
    return Duration.ofMillis(silenceMillis.get());
  }

  void stayedSilent(Duration more) {
    long unused = silenceMillis.addAndGet(more.toMillis());
  }

  void showedLife() {
    silenceMillis.set(0);
  }

  Database database() {
    return database;
  }

  Dialect dialect() {
    return database.dialect();
  }

  String schema() {
    return schema;
  }

  /**
   * Fills the placeholders of a statement in one pass, so that a schema's name may contain them.
   * {@code $.} is the quoted schema. {@code ~} follows a text of a foreign table, whose collation
   * may differ, and makes it compare in binary. {@code ^} follows a table that nobody may read
   * until the transaction ends.
   */
  String sql(String statement) {
    return PLACE
        .matcher(statement)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    switch (place.group()) {
                      case "~" -> dialect().binaryOrder();
                      case "^" -> dialect().exclusively();
                      default -> dialect().quote(schema) + ".";
                    }));
  }

  /** As {@link Dialect#changeFrom}; {@code $.} stands for the schema. */
  String changeFrom(String table, String from, String on, String set) {
    return sql(dialect().changeFrom(table, from, on, set));
  }

  <T> T read(String operation, Function<Handle, T> work) {
    return translation.call(() -> database.read(operation, work));
  }

  <T> T write(String operation, Function<Handle, T> work) {
    LeaseHold holder = hold;
    if (holder == null) {
      return translation.call(() -> database.write(operation, work));
    }
    T result =
        translation.call(
            () ->
                database.write(
                    operation,
                    handle -> {
                      T done = work.apply(handle);
                      holder.prove(this, handle);
                      return done;
                    }));
    showedLife();
    return result;
  }

  void run(String operation, Consumer<Handle> work) {
    boolean unused =
        write(
            operation,
            handle -> {
              work.accept(handle);
              return true;
            });
  }

  DatabaseFaults translation() {
    return translation;
  }

  @Override
  public void close() {
    database.close();
  }
}
