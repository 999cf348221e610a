package edu.cumc.aou.db.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call of a procedure; one message may hold many, as a batch of a prepared statement does.
 *
 * @param procedure its name
 * @param parameters what it is called with, in order
 */
public record TdsCall(String procedure, List<Parameter> parameters) {

  private static final int BY_NUMBER = 0xFFFF;
  private static final int NEXT_CALL = 0xFF;

  private static final Map<Integer, String> NUMBERED =
      Map.of(
          10, "sp_executesql",
          11, "sp_prepare",
          12, "sp_execute",
          13, "sp_prepexec",
          15, "sp_unprepare");

  public record Parameter(String name, boolean output, TdsType type, @Nullable Object value) {}

  /** The calls in a message. */
  static List<TdsCall> of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.getInt(0));
    List<TdsCall> calls = new ArrayList<>();
    while (in.hasRemaining()) {
      calls.add(call(in));
    }
    return calls;
  }

  private static TdsCall call(ByteBuffer in) {
    int length = in.getShort() & 0xFFFF;
    String procedure;
    if (length == BY_NUMBER) {
      int number = in.getShort();
      procedure = NUMBERED.getOrDefault(number, "procedure " + number);
    } else {
      procedure = text(in, length);
    }
    in.getShort();
    List<Parameter> parameters = new ArrayList<>();
    while (in.hasRemaining()) {
      int name = in.get() & 0xFF;
      if (name == NEXT_CALL) {
        break;
      }
      String given = text(in, name);
      boolean output = (in.get() & 1) != 0;
      TdsType type = TdsType.read(in);
      parameters.add(new Parameter(given, output, type, type.readValue(in)));
    }
    return new TdsCall(procedure, parameters);
  }

  static String text(ByteBuffer in, int characters) {
    byte[] text = new byte[2 * characters];
    in.get(text);
    return new String(text, StandardCharsets.UTF_16LE);
  }

  /** The procedure with all texts it is called with, for a look at what came. */
  String words() {
    return parameters.stream()
        .map(Parameter::value)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.joining(" ", procedure + " ", ""));
  }
}
