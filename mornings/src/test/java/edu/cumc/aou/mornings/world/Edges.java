package edu.cumc.aou.mornings.world;

import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.RunServices;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Puts a watch around every call that a run makes to one of its ports. */
public final class Edges {

  /** What happens before and after a call. Either may throw in place of the call. */
  public interface Watch {
    void before(String call);

    void after(String call);
  }

  private static final String PORTS = Crm.class.getPackageName();

  /** Called once a record, or without any effect outside. */
  private static final Set<String> UNWATCHED =
      Set.of(
          "add",
          "hasNext",
          "next",
          "close",
          "usage",
          "readTimeout",
          "toString",
          "hashCode",
          "equals");

  private Edges() {}

  /** The same services, watched. */
  public static RunServices around(RunServices services, Watch watch) {
    return new RunServices(
        around(ParticipantSource.class, services.source(), "source", watch),
        around(Crm.class, services.crm(), "crm", watch),
        around(SyncStore.class, services.store(), "store", watch),
        services.clock(),
        services.pause(),
        services.listener());
  }

  private static <T> T around(Class<T> port, T inner, String name, Watch watch) {
    InvocationHandler handler =
        (proxy, method, arguments) -> call(inner, name, watch, method, arguments);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private static Object call(
      Object inner, String name, Watch watch, Method method, Object[] arguments) throws Throwable {
    Class<?> type = method.getReturnType();
    boolean isPort = type.isInterface() && !type.isSealed() && type.getPackageName().equals(PORTS);
    boolean isPart = isPort && method.getParameterCount() == 0 && !name.equals("source");
    boolean isSame = type.equals(SyncStore.class) || type.equals(Crm.class);
    boolean watched = !isPart && !isSame && !UNWATCHED.contains(method.getName());
    String call = isSame ? name : name + "." + method.getName();
    if (watched) {
      watch.before(call);
    }
    Object result = invoke(inner, method, arguments);
    if (watched) {
      watch.after(call);
    }
    return isPort && result != null ? wrapped(type, result, call, watch) : result;
  }

  private static Object invoke(Object inner, Method method, Object[] arguments) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T wrapped(Class<T> type, Object inner, String name, Watch watch) {
    return around(type, type.cast(inner), name, watch);
  }
}
