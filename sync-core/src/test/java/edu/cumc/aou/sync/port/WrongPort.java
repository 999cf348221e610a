package edu.cumc.aou.sync.port;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A port with a deliberate fault in one of its methods.
 *
 * @param method the method, with the part of the port before it: {@code lease.renew}
 * @param words what is wrong
 * @param fault what a call does in place of the right one
 */
record WrongPort(String method, String words, Fault fault) {

  private static final String PORTS = SyncStore.class.getPackageName();

  /** A method that does it wrong. */
  interface Fault {

    /** {@code right} is the call as it should be; it can be made often, or not at all. */
    @Nullable Object call(Right right, @Nullable Object[] arguments, Class<?> answer)
        throws Throwable;
  }

  /** The call as it should be. */
  interface Right {
    @Nullable Object call(@Nullable Object... arguments) throws Throwable;
  }

  /** Does nothing, and answers as if there were nothing. */
  static WrongPort ignores(String method) {
    return new WrongPort(
        method, method + " does nothing", (right, arguments, answer) -> nothing(answer));
  }

  /** Gives something else than it should. */
  @SuppressWarnings("unchecked") // the caller names the method and knows its type
  static <T> WrongPort gives(String method, String words, Function<T, Object> other) {
    return new WrongPort(
        method, words, (right, arguments, answer) -> other.apply((T) right.call(arguments)));
  }

  /** Gives all but the last. */
  static WrongPort losesTheLast(String method) {
    return gives(method, method + " loses the last", WrongPort::allButTheLast);
  }

  private static Object allButTheLast(Object answer) {
    List<Object> all = new ArrayList<>();
    if (answer instanceof List<?> list) {
      all.addAll(list);
    } else if (answer instanceof Cursor<?> cursor) {
      try (cursor) {
        cursor.forEachRemaining(all::add);
      }
    }
    List<Object> fewer = all.subList(0, Math.max(0, all.size() - 1));
    return answer instanceof List ? List.copyOf(fewer) : Cursor.of(fewer.iterator());
  }

  /** Does it twice. */
  static WrongPort doesTwice(String method) {
    return new WrongPort(
        method,
        method + " does it twice",
        (right, arguments, answer) -> {
          right.call(arguments);
          return right.call(arguments);
        });
  }

  private static @Nullable Object nothing(Class<?> answer) {
    if (answer == boolean.class) {
      return false;
    }
    if (answer == int.class) {
      return 0;
    }
    if (answer == long.class) {
      return 0L;
    }
    if (answer == List.class) {
      return List.of();
    }
    if (answer == Map.class) {
      return Map.of();
    }
    if (answer == Optional.class) {
      return Optional.empty();
    }
    return answer == Cursor.class ? Cursor.of(Collections.emptyIterator()) : null;
  }

  /** The port with this fault. */
  <T> T in(Class<T> port, T right) {
    return wrapped(port, right, "");
  }

  private <T> T wrapped(Class<T> port, Object right, String prefix) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              if (method.equals(prefix + called.getName())) {
                return fault.call(
                    others -> invoke(called, right, others), given, called.getReturnType());
              }
              Object answer = invoke(called, right, given);
              Class<?> type = called.getReturnType();
              boolean same = type == port;
              boolean part = type.isInterface() && type.getPackageName().equals(PORTS);
              return (same || part) && answer != null && !type.isSealed() && type != Cursor.class
                  ? wrapped(type, answer, same ? prefix : prefix + called.getName() + ".")
                  : answer;
            }));
  }

  private static Object invoke(Method called, Object right, @Nullable Object... arguments)
      throws Throwable {
    try {
      called.setAccessible(true);
      return called.invoke(right, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public String toString() {
    return words;
  }
}
