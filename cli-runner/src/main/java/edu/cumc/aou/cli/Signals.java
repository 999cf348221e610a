package edu.cumc.aou.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Tells which signal ends this process: the attempt that is kept says with what exit code it ended.
 * Java itself runs its shutdown hooks for each and tells nobody which it was. The class that does
 * is of the module jdk.unsupported and may be away; then nobody is told, and all else is the same.
 */
final class Signals {

  /** What a process ends with that a signal stopped, less the number of the signal. */
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
        // a signal that was ignored when Java began, as in the background of a shell, stays so
        Object unused =
            signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // the exit code that is kept is that of the usual signal then
      return;
    }
  }
}
