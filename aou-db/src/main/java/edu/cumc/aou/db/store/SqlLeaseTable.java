package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.port.LeaseTable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The lease: one row, changed by conditional statements on the database's clock. */
final class SqlLeaseTable implements LeaseTable {

  private final StoreDatabase store;

  SqlLeaseTable(StoreDatabase store) {
    this.store = store;
  }

  private record Row(
      String state, String holder, long token, Instant since, Instant until, boolean valid) {
    boolean isHeld() {
      return state.equals("ACTIVE") && valid;
    }
  }

  @Override
  public LeaseAnswer acquire(String holder, Duration duration) {
    return store.write(
        "taking the lease",
        handle -> {
          Row row = read(handle);
          if (row.isHeld()) {
            Row held = cut(handle, duration) ? read(handle) : row;
            return new Busy(held.holder(), held.since(), held.until());
          }
          String sql =
              store.sql(
                  "UPDATE $.sync_lease SET state = 'ACTIVE', holder = :holder, token = token + 1, since = "
                      + store.dialect().utcNow()
                      + ", valid_until = "
                      + store.dialect().utcNowPlusMillis("millis")
                      + " WHERE lease_key = 1 AND token = :token AND (state <> 'ACTIVE' OR valid_until <= "
                      + store.dialect().utcNow()
                      + ")");
          int taken =
              handle
                  .createUpdate(sql)
                  .bind("holder", holder.length() > 200 ? holder.substring(0, 200) : holder)
                  .bind("millis", duration.toMillis())
                  .bind("token", row.token())
                  .execute();
          if (taken == 0) {
            Row now = read(handle);
            return new Busy(now.holder(), now.since(), now.until());
          }
          return new Granted(row.token() + 1, row.state().equals("ACTIVE"));
        });
  }

  /** Otherwise a clock that was set back keeps everybody away until it has caught up. */
  private boolean cut(Handle handle, Duration duration) {
    String latest = store.dialect().utcNowPlusMillis("millis");
    return handle
            .createUpdate(
                store.sql(
                    "UPDATE $.sync_lease SET valid_until = "
                        + latest
                        + " WHERE lease_key = 1 AND state = 'ACTIVE' AND valid_until > "
                        + latest))
            .bind("millis", duration.toMillis())
            .execute()
        > 0;
  }

  private Row read(Handle handle) {
    return handle
        .createQuery(
            store.sql(
                "SELECT state, holder, token, since, valid_until, CASE WHEN valid_until > "
                    + store.dialect().utcNow()
                    + " THEN 1 ELSE 0 END AS is_valid FROM $.sync_lease WHERE lease_key = 1"))
        .map(
            (row, context) ->
                new Row(
                    row.getString("state"),
                    row.getString("holder"),
                    row.getLong("token"),
                    RowCodec.instant(row, "since"),
                    RowCodec.instant(row, "valid_until"),
                    row.getInt("is_valid") == 1))
        .one();
  }

  @Override
  public void renew(long token, Duration duration) {
    LeaseHold hold = new LeaseHold(token, duration);
    if (!store.write("renewing the lease", handle -> hold.extend(store, handle))) {
      throw LeaseHold.lost();
    }
    store.showedLife();
  }

  @Override
  public <T> T during(long token, Duration duration, Supplier<T> work) {
    return Heartbeat.during(store, new LeaseHold(token, duration), work);
  }

  @Override
  public void suspend(long token) {
    end(token, "SUSPENDED");
  }

  @Override
  public void release(long token) {
    end(token, "FREE");
  }

  private void end(long token, String state) {
    store.run(
        "giving up the lease",
        handle ->
            handle
                .createUpdate(
                    store.sql(
                        "UPDATE $.sync_lease SET state = :state WHERE lease_key = 1 AND token = :token AND state = 'ACTIVE'"))
                .bind("state", state)
                .bind("token", token)
                .execute());
  }
}
