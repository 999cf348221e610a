package edu.cumc.aou.db.testing;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Statements that do nothing, or end with an error of a number. */
final class ScriptedSession implements TdsSession {

  private final ToIntFunction<String> errors;
  private final Function<String, @Nullable List<TdsColumn>> columns;

  ScriptedSession(
      ToIntFunction<String> errors, Function<String, @Nullable List<TdsColumn>> columns) {
    this.errors = errors;
    this.columns = columns;
  }

  @Override
  public void batch(String sql, TdsAnswer answer) {
    int error = errors.applyAsInt(sql);
    if (error < 0) {
      throw new UncheckedIOException(new SocketException("the connection ends here"));
    }
    if (error > 0) {
      // the text quotes a key, as SQL Server's own texts do
      answer.failed(error, "refused for key P012345678", false);
      return;
    }
    List<TdsColumn> result = columns.apply(sql);
    if (result != null) {
      answer.columns(result);
    }
    answer.done(TdsAnswer.Command.NONE, -1);
  }

  @Override
  public void calls(List<TdsCall> calls, TdsAnswer answer) {
    batch(calls.get(0).words(), answer);
  }

  @Override
  public void load(byte[] message, TdsAnswer answer) {
    answer.done(TdsAnswer.Command.NONE, -1);
  }

  @Override
  public void cancel() {
    // what does nothing is over at once
  }

  @Override
  public void close() {
    // nothing is held
  }
}
