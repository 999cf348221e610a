package edu.cumc.aou.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void numbers_standToTheRightAndTextToTheLeft() {
    TextTable table =
        new TextTable().row("Outcome", "Contacts").row("inserted", 7).row("unchanged", 12_345);

    assertThat(table.lines("  "))
        .containsExactly("  Outcome    Contacts", "  inserted          7", "  unchanged    12,345");
  }

  @Test
  void textsOfWhichSomeAreNumbers_standToTheLeft() {
    TextTable table = new TextTable().row("Field", "Source").row("Phone", 7).row("Name", "Muster");

    assertThat(table.lines("")).containsExactly("Field  Source", "Phone  7", "Name   Muster");
  }

  @Test
  void rowsOfUnequalLength_haveNoBlanksAtTheirEnd() {
    assertThat(new TextTable().row("a", "b").row("long").lines(""))
        .containsExactly("a     b", "long");
  }

  @Test
  void emptyTable_hasNoLines() {
    assertThat(new TextTable().isEmpty()).isTrue();
    assertThat(new TextTable().lines("")).isEmpty();
  }
}
