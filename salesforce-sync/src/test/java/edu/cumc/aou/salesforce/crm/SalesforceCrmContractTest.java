package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.sync.port.CrmContract;
import edu.cumc.aou.sync.port.TestOrg;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The client and its adapter against the simulated org, of both kinds. */
class SalesforceCrmContractTest extends CrmContract {

  private @Nullable SimulatedOrg org;

  @Override
  protected TestOrg newOrg(boolean uniquePmiField) {
    org = new SimulatedOrg(uniquePmiField);
    return org;
  }

  @AfterEach
  void close() {
    if (org != null) {
      org.close();
    }
  }
}
