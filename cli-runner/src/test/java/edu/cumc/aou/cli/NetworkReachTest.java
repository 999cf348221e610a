package edu.cumc.aou.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import edu.cumc.aou.sync.testing.HouseRules;
import java.net.URL;
import org.junit.jupiter.api.Test;

/**
 * The program speaks to Salesforce, the databases, the secret store and those who want to be told,
 * all of them named by the site: no other place in it can open a connection.
 */
class NetworkReachTest {

  private static final JavaClasses OURS = HouseRules.code("edu.cumc.aou");

  @Test
  void connections_areOpenedByNamedPlacesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "edu.cumc.aou.salesforce.internal.wire..",
            "edu.cumc.aou.salesforce.internal.repeat..",
            "edu.cumc.aou.db.internal..",
            "edu.cumc.aou.runtime.notify..",
            "edu.cumc.aou.runtime.secrets..",
            "edu.cumc.aou.simulator..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..", "javax.net..", "jakarta.mail..", "software.amazon.awssdk..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLConnection")
        .orShould()
        .callMethod(URL.class, "openStream")
        .because("nothing leaves the site but to the systems that it names")
        .check(OURS);
  }
}
