package edu.cumc.aou.simulator.salesforce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulator needs no account, reports to nobody, and works without a network. */
class OfflineTest {
  @Test
  void nothingOfTheSimulator_canAskAnythingOfTheNetwork() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "org.eclipse.jetty.client..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLConnection")
        .orShould()
        .callMethod(java.net.URL.class, "openStream")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("edu.cumc.aou.simulator"));
  }

  @Test
  void simulator_listensOnThisMachineOnly() throws IOException {
    try (SalesforceSimulator org = SalesforceSimulator.builder().start()) {
      int port = URI.create(org.url()).getPort();
      List<InetAddress> others =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress())
              .toList();

      assertThat(canConnect(InetAddress.getLoopbackAddress(), port)).isTrue();
      for (InetAddress address : others) {
        assertThatThrownBy(() -> canConnect(address, port)).isInstanceOf(IOException.class);
      }
    }
  }

  private static boolean canConnect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return socket.isConnected();
    }
  }
}
