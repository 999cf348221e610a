package edu.cumc.aou.cli;

import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.run.RunServices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Lets something happen right before Salesforce is called. */
final class Interposed {

  private Interposed() {}

  /**
   * Does it once, before the first call that is meant.
   *
   * @param method of {@link Crm}
   */
  static RunServices before(
      RunServices services, String method, Predicate<Object[]> which, Runnable what) {
    AtomicBoolean done = new AtomicBoolean();
    return new RunServices(
        services.source(),
        around(services.crm(), method, which, what, done),
        services.store(),
        services.clock(),
        services.pause(),
        services.listener());
  }

  private static Crm around(
      Crm crm, String method, Predicate<Object[]> which, Runnable what, AtomicBoolean done) {
    return (Crm)
        Proxy.newProxyInstance(
            Crm.class.getClassLoader(),
            new Class<?>[] {Crm.class},
            (proxy, called, args) -> {
              if (called.getName().equals(method) && which.test(args) && !done.getAndSet(true)) {
                what.run();
              }
              try {
                Object answer = called.invoke(crm, args);
                return called.getName().equals("asking")
                    ? around((Crm) answer, method, which, what, done)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
