package edu.cumc.aou.sync.port;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;

/** {@link InMemorySyncStore} for the holder of a lease: every write proves that it still holds. */
final class InMemoryHeldStore implements SyncStore {

  private final InMemorySyncStore store;
  private final CallGate gate;
  private final Runnable proof;

  InMemoryHeldStore(InMemorySyncStore store, CallGate gate, Runnable proof) {
    this.store = store;
    this.gate = gate;
    this.proof = proof;
  }

  private <T> T proving(Class<T> type, T table) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                gate.proving(
                    proof,
                    () -> {
                      Object result = invoke(table, method, arguments);
                      return result instanceof MirrorTable.Refresh refresh
                          ? proving(MirrorTable.Refresh.class, refresh)
                          : result;
                    })));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw InMemoryHeldStore.<RuntimeException>unchecked(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the methods of an interface are public", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable throwable) throws E {
    throw (E) throwable;
  }

  @Override
  public void probe() {
    store.probe();
  }

  @Override
  public void verify() {
    store.verify();
  }

  @Override
  public LeaseTable lease() {
    return store.lease();
  }

  @Override
  public SyncStore under(long token, Duration duration) {
    return store.under(token, duration);
  }

  @Override
  public RunTable runs() {
    return proving(RunTable.class, store.runs());
  }

  @Override
  public OrgTable org() {
    return proving(OrgTable.class, store.org());
  }

  @Override
  public MatchTable matches() {
    return proving(MatchTable.class, store.matches());
  }

  @Override
  public MirrorTable mirror() {
    return proving(MirrorTable.class, store.mirror());
  }

  @Override
  public ChangeTable changes() {
    return proving(ChangeTable.class, store.changes());
  }

  @Override
  public JobTable jobs() {
    return proving(JobTable.class, store.jobs());
  }

  @Override
  public HoldTable holds() {
    return proving(HoldTable.class, store.holds());
  }

  @Override
  public AnomalyTable anomalies() {
    return proving(AnomalyTable.class, store.anomalies());
  }

  @Override
  public IdTables ids() {
    return proving(IdTables.class, store.ids());
  }

  @Override
  public PersonalData personalData() {
    return proving(PersonalData.class, store.personalData());
  }

  @Override
  public FlawTable flaws() {
    return proving(FlawTable.class, store.flaws());
  }

  @Override
  public DecisionTable decisions() {
    return proving(DecisionTable.class, store.decisions());
  }

  @Override
  public AuditTable audit() {
    return proving(AuditTable.class, store.audit());
  }

  @Override
  public AttemptTable attempts() {
    return proving(AttemptTable.class, store.attempts());
  }

  @Override
  public void close() {
    // the store itself stays open
  }
}
