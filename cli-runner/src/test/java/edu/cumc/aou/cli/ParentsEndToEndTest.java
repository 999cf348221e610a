package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that are found by what the source says of them. */
class ParentsEndToEndTest {

  private static final String SITE =
      "CASE WHEN RIGHT(TRIM(\"PMI ID_HP\"), 1) IN ('1', '3', '5', '7', '9') THEN 'uptown' ELSE 'Downtown' END";

  @TempDir private Path directory;
  private Site site;
  private RetypedSource source;
  private String uptown;
  private String downtown;

  @BeforeEach
  void open() throws Exception {
    site = new Site(directory, 8);
    source = new RetypedSource(site);
    uptown = site.org.create("Account", Map.of("Name", "Uptown"));
    downtown = site.org.create("Account", Map.of("Name", "Downtown"));
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void account(String sql, String account) throws Exception {
    source.contact("City_HP", sql);
    site.configure(source.settings() + "contact.account " + account + "\n");
    Path file = directory.resolve("aou-sync.conf");
    Files.writeString(
        file,
        Files.readString(file)
            .lines()
            .filter(line -> !line.contains("contact.account-id"))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private Map<Object, Long> contactsByAccount() {
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .collect(Collectors.groupingBy(c -> c.get("AccountId"), Collectors.counting()));
  }

  @Test
  void eachSite_hasItsAccount_andNothingIsAskedOnAQuietMorning() throws Exception {
    account(SITE, "{ field = Name, column = City_HP }");

    Result load = site.run("sync", "--initial-load");

    assertThat(load.exitCode()).as(load.out() + load.err()).isZero();
    assertThat(contactsByAccount()).containsOnlyKeys(uptown, downtown);
    assertThat(contactsByAccount().values().stream().mapToLong(n -> n).sum()).isEqualTo(8);
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.nextMorning("sync").out()).contains("7 calls to Salesforce");
    assertThat(site.run("check").out()).contains("AccountId.steps");
  }

  @Test
  void unknownValue_rejectsANewPerson_untilTheAccountIsThere() throws Exception {
    account("'Midtown'", "{ field = Name, column = City_HP }");

    Result load = site.run("sync", "--initial-load");

    assertThat(load.exitCode()).isEqualTo(5);
    assertThat(site.run("plan", "--initial-load").out())
        .contains("required-field-refused:AccountId:unknown-parent");
    assertThat(site.run("check").exitCode()).isEqualTo(3);
    assertThat(site.run("check").out()).contains("unknown-parent");
    assertThat(contactsByAccount()).isEmpty();

    String midtown = site.org.create("Account", Map.of("Name", "Midtown"));
    assertThat(site.nextMorning("sync", "--initial-load").exitCode()).isZero();
    assertThat(contactsByAccount()).containsOnlyKeys(midtown);
  }

  @Test
  void knownPerson_keepsTheAccount_whileTheValueIsUnknown() throws Exception {
    account("'Uptown'", "{ field = Name, column = City_HP }");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    account("'Midtown'", "{ field = Name, column = City_HP }");

    Result left = site.nextMorning("sync");

    assertThat(left.exitCode()).isEqualTo(5);
    assertThat(left.out()).contains("unknown-parent");
    assertThat(contactsByAccount()).containsOnlyKeys(uptown);
    assertThat(site.nextMorning("sync").out()).contains("unknown-parent");
    String midtown = site.org.create("Account", Map.of("Name", "Midtown"));
    Result moved = site.nextMorning("sync");
    assertThat(moved.exitCode()).as(moved.out() + moved.err()).isZero();
    assertThat(contactsByAccount()).containsOnlyKeys(midtown);
  }

  @Test
  void oneValueForAll_mustLeadToOneAccount() throws Exception {
    account("'x'", "{ field = Name, value = Uptown }");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    assertThat(contactsByAccount()).containsOnlyKeys(uptown);

    site.org.create("Account", Map.of("Name", "Uptown"));
    Result check = site.run("check");
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.out()).contains("ambiguous-parent");
  }

  @Test
  void settingsThatMakeNoSense_areTold() throws Exception {
    account("'x'", "{ field = Name }");
    assertThat(site.run("sync").err()).contains("contact.account: needs the field of the Account");
    account("'x'", "{ field = Nowhere__c, value = x }");
    Result wrong = site.run("sync", "--initial-load");
    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(3);
    site.configure("contact.account { field = Name, value = x }");
    assertThat(site.run("sync").err()).contains("contact.account: stands beside account-id");
  }
}
