package edu.cumc.aou.sync.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptionSettingsTest {

  private final ConfigProblems problems = new ConfigProblems();

  private AdoptionSettings read(String hocon) {
    return AdoptionSettings.read(ConfigSection.root(ConfigFactory.parseString(hocon), problems));
  }

  @Test
  void read_usersAndQueues_inBothLengths() {
    AdoptionSettings settings =
        read("enabled = true, owners = [\"005000000000001\", \"00G000000000001AAA\"]");

    assertThat(problems.list()).isEmpty();
    assertThat(settings.owners()).containsExactly("005000000000001", "00G000000000001AAA");
    assertThat(settings.isOn()).isTrue();
  }

  @Test
  void read_notEnabled_adoptsNothing_andNeedsNoOwners() {
    assertThat(read("owners = [\"005000000000001\"]").isOn()).isFalse();
    assertThat(read("").isOn()).isFalse();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void read_enabledWithoutOwners_asksForThem() {
    assertThat(read("enabled = true").isOn()).isFalse();
    assertThat(problems.list()).singleElement().asString().startsWith("owners: name the users");
  }

  /** A malformed id is one problem, whether adoption is on or not. */
  @ParameterizedTest
  @ValueSource(strings = {"003000000000001", "00500000000000", "005000000000001AAAA", "the tool"})
  void read_noIdOfAUser_isAProblem(String owner) {
    AdoptionSettings settings = read("enabled = true, owners = [\"" + owner + "\"]");

    assertThat(settings.isOn()).isFalse();
    assertThat(problems.list())
        .singleElement()
        .asString()
        .startsWith("owners: expected ids of users or queues")
        .doesNotContain(owner);
  }

  @Test
  void read_unknownSetting_isAProblem() {
    read("owner = [\"005000000000001\"]");

    assertThat(problems.list()).singleElement().asString().contains("owner");
  }
}
