package edu.cumc.aou.sync.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundexTest {

  /** The first eleven are the examples of the US National Archives, and SQL Server's answers. */
  @ParameterizedTest
  @CsvSource({
    "Washington, W252",
    "Lee, L000",
    "Gutierrez, G362",
    "Pfister, P236",
    "Jackson, J250",
    "Tymczak, T522",
    "VanDeusen, V532",
    "Ashcraft, A261",
    "Robert, R163",
    "Rupert, R163",
    "Honeyman, H555",
    "Smith, S530",
    "SMYTHE, S530",
    "O'Brien, O165",
    "O’Brien, O165",
    "obrien, O165",
    "José, J200",
    "Núñez, N520",
    "'', ''",
    "李, 李",
    "' 小龙 ', 小龙"
  })
  void of(String name, String code) {
    assertThat(Soundex.of(name)).isEqualTo(code);
  }
}
