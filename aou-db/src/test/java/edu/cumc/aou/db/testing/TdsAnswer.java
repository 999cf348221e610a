package edu.cumc.aou.db.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer to a client, token by token; what is long goes out while it grows. */
public final class TdsAnswer {

  /** What a statement was, for {@link #done}. */
  public enum Command {
    NONE(0),
    SELECT(193),
    INSERT(195),
    DELETE(196),
    UPDATE(197),
    CREATE_TABLE(198);

    private final int number;

    Command(int number) {
      this.number = number;
    }
  }

  private static final int COLUMNS = 0x81;
  private static final int ROW = 0xD1;
  private static final int ROW_WITH_NULLS = 0xD2;
  private static final int RETURN_STATUS = 0x79;
  private static final int RETURN_VALUE = 0xAC;
  private static final int ERROR = 0xAA;
  private static final int CHANGE = 0xE3;
  private static final int LOGIN_TAKEN = 0xAD;
  private static final int DONE = 0xFD;
  private static final int DONE_CALL = 0xFE;
  private static final int DONE_IN_CALL = 0xFF;

  private static final int MORE = 1;
  private static final int FAILED = 2;
  private static final int COUNTED = 0x10;
  private static final int CANCELLED = 0x20;

  private static final int CHANGED_DATABASE = 1;
  private static final int CHANGED_COLLATION = 7;
  private static final int BEGUN = 8;
  private static final int COMMITTED = 9;
  private static final int ROLLED_BACK = 10;

  private static final int PART = 16_384;

  private final TdsChannel channel;
  private final TdsBytes out = new TdsBytes();
  private byte @Nullable [] lastDone;
  private List<TdsColumn> columns = List.of();

  TdsAnswer(TdsChannel channel) {
    this.channel = channel;
  }

  /** Says what the rows after it are made of. */
  public void columns(List<TdsColumn> result) {
    columns = List.copyOf(result);
    flushDone(MORE);
    out.number(1, COLUMNS).number(2, columns.size());
    columns.forEach(column -> column.write(out));
  }

  /** One row of {@link #columns}. */
  public void row(List<? extends @Nullable Object> values) {
    boolean nulls = values.contains(null);
    out.number(1, nulls ? ROW_WITH_NULLS : ROW);
    if (nulls) {
      byte[] bits = new byte[(values.size() + 7) / 8];
      for (int i = 0; i < values.size(); i++) {
        bits[i / 8] |= (byte) (values.get(i) == null ? 1 << (i % 8) : 0);
      }
      out.raw(bits);
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) != null) {
        columns.get(i).type().writeValue(out, values.get(i));
      }
    }
    if (out.size() > PART) {
      try {
        channel.sendPart(out.take());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The end of a statement of a batch. */
  public void done(Command command, long rows) {
    done(DONE, rows < 0 ? 0 : COUNTED, command, rows);
  }

  /** The end of a statement within a call. */
  public void doneInCall(Command command, long rows) {
    done(DONE_IN_CALL, rows < 0 ? 0 : COUNTED, command, rows);
  }

  /** The end of a call. */
  public void doneCall() {
    doneCall(0);
  }

  /** The end of a call that gives back a number, if it is not 0. */
  public void doneCall(int returned) {
    flushDone(MORE);
    out.number(1, RETURN_STATUS).number(4, 0);
    if (returned != 0) {
      out.number(1, RETURN_VALUE).number(2, 0).number(1, 0).number(1, 1);
      out.number(4, 0).number(2, 0);
      TdsType type = TdsType.integer(4);
      type.write(out);
      type.writeValue(out, returned);
    }
    done(DONE_CALL, 0, Command.NONE, 0);
  }

  /** A statement failed; it is said in how the call or the batch ends. */
  public void failed(int number, String text, boolean call) {
    flushDone(MORE);
    out.number(1, ERROR).number(2, 4 + 1 + 1 + 2 + 2 * text.length() + 1 + 1 + 4);
    out.number(4, number).number(1, 1).number(1, 14).text(2, text);
    out.number(1, 0).number(1, 0).number(4, 1);
    done(call ? DONE_CALL : DONE, FAILED, Command.NONE, 0);
  }

  /** What a client asked to be ended has ended. */
  void cancelled() {
    done(DONE, CANCELLED, Command.NONE, 0);
  }

  private void done(int token, int status, Command command, long rows) {
    // of the one before it turns out only now that it was not the last
    flushDone(MORE);
    lastDone =
        new TdsBytes()
            .number(1, token)
            .number(2, status)
            .number(2, command.number)
            .number(8, Math.max(0, rows))
            .take();
  }

  private void flushDone(int more) {
    if (lastDone != null) {
      lastDone[1] |= (byte) more;
      out.raw(lastDone);
      lastDone = null;
    }
  }

  /** A transaction has begun. */
  public void begun(long transaction) {
    flushDone(MORE);
    out.number(1, CHANGE).number(2, 11).number(1, BEGUN);
    out.number(1, 8).number(8, transaction).number(1, 0);
  }

  /** A transaction has ended. */
  public void ended(long transaction, boolean committed) {
    flushDone(MORE);
    out.number(1, CHANGE).number(2, 11).number(1, committed ? COMMITTED : ROLLED_BACK);
    out.number(1, 0).number(1, 8).number(8, transaction);
  }

  /** The login is taken. */
  void loggedIn(String database) {
    out.number(1, CHANGE).number(2, 3 + 2 * database.length()).number(1, CHANGED_DATABASE);
    out.text(1, database).number(1, 0);
    out.number(1, CHANGE).number(2, 8).number(1, CHANGED_COLLATION);
    out.number(1, 5).raw(TdsType.COLLATION).number(1, 0);
    String program = "SQL";
    out.number(1, LOGIN_TAKEN).number(2, 1 + 4 + 1 + 2 * program.length() + 4).number(1, 1);
    out.raw(new byte[] {0x74, 0, 0, 4}).text(1, program).raw(new byte[] {16, 0, 0, 0});
    done(Command.NONE, -1);
  }

  /** Sends what is left. */
  void end() throws IOException {
    flushDone(0);
    channel.send(out.take());
  }
}
