package edu.cumc.aou.salesforce.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.salesforce.OrgCheck;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs {@link OrgCheck} against a sandbox. It is named by system properties that stand for the
 * section {@code salesforce} of the configuration, such as {@code
 * -Daou.test.salesforce.login-url=https://test.salesforce.com
 * -Daou.test.salesforce.auth.type=client-credentials}.
 */
@EnabledIfSystemProperty(
    named = "aou.test.salesforce.auth.type",
    matches = ".+",
    disabledReason = "no sandbox is named by -Daou.test.salesforce.*")
class RealOrgTest {

  @Test
  void sandbox_doesWhatEveryOrgMust() {
    Config properties = ConfigFactory.systemProperties().getConfig("aou.test");
    ConfigProblems problems = new ConfigProblems();
    SalesforceSettings settings =
        SalesforceConfig.read(ConfigSection.root(properties, problems)).orElse(null);
    problems.throwIfAny();
    try (Salesforce salesforce = Salesforce.connect(settings)) {
      assertThat(salesforce.organization().sandbox())
          .as("the check writes: it runs in a sandbox only")
          .isTrue();
      OrgCheck.run(salesforce);
    }
  }
}
