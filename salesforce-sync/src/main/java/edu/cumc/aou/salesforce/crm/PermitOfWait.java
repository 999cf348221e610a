package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.sync.port.WaitPermit;
import java.time.Duration;

/** A permit for work that writes nothing: only waits ask it. */
record PermitOfWait(WaitPermit permit) implements Permit {
  @Override
  public void toWrite() {
    toWait();
  }

  @Override
  public void toWait() {
    permit.toWait();
  }

  @Override
  public Duration every() {
    return permit.every();
  }
}
