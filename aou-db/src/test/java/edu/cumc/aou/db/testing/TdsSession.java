package edu.cumc.aou.db.testing;

import java.util.List;

/** What stands behind one connection. One thread calls it, but for {@link #cancel}. */
interface TdsSession extends AutoCloseable {

  /** A text of statements. */
  void batch(String sql, TdsAnswer answer);

  /** Calls that came in one message. */
  void calls(List<TdsCall> calls, TdsAnswer answer);

  /** The rows after a statement that announced them. */
  void load(byte[] message, TdsAnswer answer);

  /** The client wants what goes on to end; another thread says so. */
  void cancel();

  @Override
  void close();
}
