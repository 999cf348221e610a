package edu.cumc.aou.sync.mapping;

import static edu.cumc.aou.sync.mapping.MappingFixtures.bind;
import static edu.cumc.aou.sync.mapping.MappingFixtures.field;
import static edu.cumc.aou.sync.mapping.MappingFixtures.mapping;
import static edu.cumc.aou.sync.mapping.MappingFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.ObjectInfo;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MappingTest {

  private static final ObjectInfo CONTACT =
      object(field("LastName", FieldKind.TEXT, 80), field("Phone", FieldKind.PHONE, 40));

  @Test
  void bind_takesTheFirstColumnThatExists_inTheDatabasesSpelling() {
    BoundField bound =
        bind(
                "LastName { columns = [\"Surname\", \"last name_hp\"] }",
                List.of("Last Name_HP"),
                CONTACT)
            .get(0);
    assertThat(bound.columns()).containsExactly("Last Name_HP");
  }

  @Test
  void bind_takesDescribesCaseOfAField() {
    assertThat(bind("lastname { column = c }", List.of("c"), CONTACT).get(0).name())
        .isEqualTo(new FieldName("LastName"));
  }

  @Test
  void bind_leavesOutAnOptionalFieldWithoutColumn_andAFieldThatIsOff() {
    assertThat(
            bind(
                "LastName { column = c }\nPhone { column = gone, optional = true }",
                List.of("c"),
                CONTACT))
        .hasSize(1);
    assertThat(bind("LastName { column = c }\nPhone = off", List.of("c"), CONTACT)).hasSize(1);
  }

  @Test
  void bind_tellsAllProblemsAtOnce_withTheNearestMatch() {
    assertThatThrownBy(
            () ->
                bind(
                    "LastName { column = \"Last Nme_HP\" }\nPhon { column = c }",
                    List.of("Last Name_HP", "c"),
                    CONTACT))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("2 problems")
        .hasMessageContaining(
            "contact.fields.LastName: the source has no column Last Nme_HP (did you mean Last Name_HP?)")
        .hasMessageContaining("contact.fields.Phon: the sObject Contact has no such field")
        .hasMessageContaining("did you mean Phone?");
  }

  @Test
  void bind_refusesAFieldThatTheUserMayNotEdit() {
    FieldInfo locked =
        new FieldInfo(
            new FieldName("F"),
            FieldKind.TEXT,
            10,
            false,
            false,
            false,
            false,
            false,
            false,
            Set.of());
    assertThatThrownBy(() -> bind("F { column = c }", List.of("c"), object(locked)))
        .hasMessageContaining(
            "contact.fields.F: the Salesforce user may not edit this field of Contact");
  }

  @Test
  void read_refusesAFieldWithoutColumnOrConstant_andUnknownKeysAndWords() {
    ConfigProblems problems = new ConfigProblems();
    mapping("A { }\nB { column = c, colour = red }\nC { column = c, transform = upper }", problems);
    assertThat(problems.list())
        .anySatisfy(p -> assertThat(p).startsWith("A: needs a column"))
        .anySatisfy(p -> assertThat(p).startsWith("B.colour: unknown setting"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith(
                        "C.transform: expected one of text, lower-case, date, flag, us-state"))
        .hasSize(3);
  }

  @Test
  void fingerprint_changesWithWhatIsCompared_andOnlyThen() {
    FieldInfo pmi = field("HP_PMI_ID__c", FieldKind.TEXT, 10);
    String one = fingerprint(pmi, "LastName { column = c }");
    assertThat(fingerprint(pmi, "LastName { columns = [c] }")).isEqualTo(one);
    assertThat(fingerprint(pmi, "LastName { column = c, policy = fill-only }")).isNotEqualTo(one);
    assertThat(fingerprint(pmi, "LastName { column = c }\nPhone { column = c }")).isNotEqualTo(one);
  }

  private static String fingerprint(FieldInfo pmi, String hocon) {
    return new BoundMapping(pmi, bind(hocon, List.of("c"), CONTACT), List.of()).fingerprint();
  }
}
