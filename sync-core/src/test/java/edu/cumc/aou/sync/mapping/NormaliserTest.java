package edu.cumc.aou.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.Texts;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliserTest {

  @Property(tries = 5000, seed = "1")
  void canonical_isIdempotent(@ForAll FieldKind kind, @ForAll String raw) {
    FieldValue once = Normaliser.canonical(kind, raw);
    assertThat(Normaliser.canonical(kind, once.text())).isEqualTo(once);
  }

  @Property(tries = 2000, seed = "1")
  void canonical_neverBeginsOrEndsBlank(@ForAll FieldKind kind, @ForAll String raw) {
    String text = Normaliser.canonical(kind, raw).text();
    assertThat(Texts.trim(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "TEXT, ' a b ', 'a b'",
    "TEXT, '\u00A0a\u200B', a",
    "TEXT, 'Jose\u0301', 'Jos\u00E9'",
    "TEXT, 'a\r\nb', 'a b'",
    "LONG_TEXT, 'a\r\nb\rc', 'a\nb\nc'",
    "TEXT, 'a\u0000b', ab",
    "EMAIL, 'Jane.DOE@Example.org ', jane.doe@example.org",
    "BOOLEAN, TRUE, true",
    "BOOLEAN, 0, false",
    "BOOLEAN, 1.0, true",
    "BOOLEAN, 0.00, false",
    "NUMBER, 10000.0, 10000",
    "NUMBER, 0.00, 0",
    "NUMBER, 9.12260031E8, 912260031",
    "NUMBER, -1.50, -1.5",
    "NUMBER, abc, abc",
    "DATE, 2020-01-31, 2020-01-31",
    "DATE, 2020-01-31T00:00:00.000+0000, 2020-01-31",
    "DATETIME, 2022-03-17T16:21:26.000+0000, 2022-03-17T16:21:26Z",
    "DATETIME, 2022-03-17T12:21:26-04:00, 2022-03-17T16:21:26Z",
    "MULTI_PICKLIST, 'b; a;b', 'a;b'",
    "REFERENCE, 001000000000001, 001000000000001AAA",
  })
  void canonical_ofEachKind(FieldKind kind, String raw, String expected) {
    assertThat(Normaliser.canonical(kind, raw).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "DATE, 1900-01-01",
    "DATE, 1900-01-01T00:00:00.000Z",
    "TEXT, ' \u00A0\t '",
    "NUMBER, ''",
    "EMAIL, ' '"
  })
  void canonical_ofNothing_isBlank(FieldKind kind, String raw) {
    assertThat(Normaliser.canonical(kind, raw)).isEqualTo(FieldValue.BLANK);
  }

  @ParameterizedTest
  @CsvSource({"NUMBER, 1E999999999", "NUMBER, 1E-999999999"})
  void canonical_ofANumberThatWouldFillTheHeap_staysText(FieldKind kind, String raw) {
    assertThat(Normaliser.canonical(kind, raw).text()).isEqualTo(raw);
  }
}
