package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.plan.GuardSettings.Allowance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardSettingsTest {

  private final ConfigProblems problems = new ConfigProblems();

  private GuardSettings read(String guards) {
    return GuardSettings.read(ConfigSection.root(ConfigFactory.parseString(guards), problems));
  }

  @ParameterizedTest
  @CsvSource({"50, 0.01, 1000, 50", "50, 0.01, 5099, 50", "50, 0.01, 5100, 51", "0, 0.5, 3, 1"})
  void allowance_isTheLargerOfNumberAndShare_inWholeRecords(
      int number, double share, long population, long allowed) {
    assertThat(new Allowance(number, share).of(population)).isEqualTo(allowed);
  }

  /** Without a number and a share a guard allows nothing, so a forgotten one stops the run. */
  @Test
  void read_nothing_allowsNothing() {
    GuardSettings settings = read("");

    assertThat(problems.list()).isEmpty();
    assertThat(settings.minContacts()).isEqualTo(1);
    assertThat(settings.minJourneys()).isEqualTo(1);
    assertThat(settings.maxInserts().of(1_000_000)).isZero();
    assertThat(settings.maxDeletes().of(1_000_000)).isZero();
    assertThat(settings.twoPersons()).isFalse();
  }

  @Test
  void read_eachGuard_hasItsOwnAllowance() {
    GuardSettings settings =
        read(
            "max-rejected.number = 1, max-inserts.number = 2, max-updates.number = 3,"
                + " max-clears.number = 4, max-withdrawals.number = 5, max-deletes.number = 6,"
                + " max-field-clears.number = 7, two-persons = true");

    assertThat(problems.list()).isEmpty();
    assertThat(settings.maxRejected().of(0)).isEqualTo(1);
    assertThat(settings.maxInserts().of(0)).isEqualTo(2);
    assertThat(settings.maxUpdates().of(0)).isEqualTo(3);
    assertThat(settings.maxClears().of(0)).isEqualTo(4);
    assertThat(settings.maxWithdrawals().of(0)).isEqualTo(5);
    assertThat(settings.maxDeletes().of(0)).isEqualTo(6);
    assertThat(settings.maxFieldClears().of(0)).isEqualTo(7);
    assertThat(settings.twoPersons()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "max-insert.number = 1, max-insert",
    "max-inserts.numbers = 1, max-inserts.numbers",
    "max-inserts.number = -1, max-inserts.number",
    "max-inserts.share = 2, max-inserts.share"
  })
  void read_settingThatMakesNoSense_isAProblem(String guards, String setting) {
    read(guards);

    assertThat(problems.list()).singleElement().asString().startsWith(setting + ": ");
  }
}
