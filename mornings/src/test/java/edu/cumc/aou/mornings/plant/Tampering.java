package edu.cumc.aou.mornings.plant;

import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.RunServices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Puts a fault between a run and its ports. */
final class Tampering {

  private static final String PORTS = Crm.class.getPackageName();

  private Tampering() {}

  /** The call itself. */
  interface Call {
    Object go(Object... arguments) throws Throwable;
  }

  /** What becomes of a call. */
  interface Tamper {
    Object call(String name, Object[] arguments, Call call) throws Throwable;
  }

  static RunServices around(RunServices services, Tamper tamper) {
    return new RunServices(
        around(ParticipantSource.class, services.source(), "source", tamper),
        around(Crm.class, services.crm(), "crm", tamper),
        around(SyncStore.class, services.store(), "store", tamper),
        services.clock(),
        services.pause(),
        services.listener());
  }

  private static <T> T around(Class<T> port, Object inner, String name, Tamper tamper) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(inner, name, method, arguments, tamper)));
  }

  private static Object call(
      Object inner, String name, Method method, Object[] arguments, Tamper tamper)
      throws Throwable {
    // a store under a lease is the same store, and Salesforce behind a permit is the same org
    boolean isSame =
        method.getReturnType().equals(SyncStore.class) || method.getReturnType().equals(Crm.class);
    String call = isSame ? name : name + "." + method.getName();
    Object result =
        tamper.call(
            call, arguments == null ? new Object[0] : arguments, a -> invoke(inner, method, a));
    Class<?> type = method.getReturnType();
    boolean isPort = type.isInterface() && !type.isSealed() && type.getPackageName().equals(PORTS);
    return isPort && result != null ? around(type, result, call, tamper) : result;
  }

  private static Object invoke(Object inner, Method method, Object[] arguments) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
