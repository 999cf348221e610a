package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.sync.port.WaitPermit;
import java.time.Duration;

/** Nothing is written: only waits are asked for. */
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
