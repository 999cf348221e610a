package edu.cumc.aou.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Tells which signal ends this process, so that the stored attempt has the right exit code. Java
 * runs its shutdown hooks for every signal and does not say which it was. The class that does is in
 * the module jdk.unsupported, which may be missing; then the signal stays unknown, and everything
 * else works.
 */
final class Signals {

  /** A process that a signal stopped ends with this plus the signal's number. */
  private static final int BASE = 128;

  private Signals() {}

  /** Calls with the exit code, then lets the process end as it would. */
  static void listen(IntConsumer ending) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      for (String name : List.of("INT", "TERM")) {
        Object signal = signals.getConstructor(String.class).newInstance(name);
        int exitCode = BASE + (int) signals.getMethod("getNumber").invoke(signal);
        Object handler =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handlers},
                (proxy, method, args) ->
                    switch (method.getName()) {
                      case "handle" -> {
                        ending.accept(exitCode);
                        Runtime.getRuntime().exit(exitCode);
                        yield null;
                      }
                      case "hashCode" -> exitCode;
                      case "equals" -> proxy == args[0];
                      default -> name;
                    });
        // A signal that Java ignored at its start, as in the background of a shell, stays ignored.
        Object unused =
            signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The usual signal's exit code is stored then.
      return;
    }
  }
}
