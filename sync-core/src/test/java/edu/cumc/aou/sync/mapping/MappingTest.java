package edu.cumc.aou.sync.mapping;

import static edu.cumc.aou.sync.mapping.MappingFixtures.bind;
import static edu.cumc.aou.sync.mapping.MappingFixtures.field;
import static edu.cumc.aou.sync.mapping.MappingFixtures.mapping;
import static edu.cumc.aou.sync.mapping.MappingFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.settings.SyncSettings;
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
        .anySatisfy(p -> assertThat(p).startsWith("A: needs exactly one of: column, "))
        .anySatisfy(p -> assertThat(p).startsWith("B.colour: unknown setting"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith(
                        "C.transform: expected one of text, lower-case, date, flag, us-state"))
        .hasSize(3);
  }

  @Test
  void read_refusesAnEmptyColumn_whichWouldLeaveTheDefaultOne() {
    ConfigProblems problems = new ConfigProblems();
    mapping("Email { columns = [a], column = \"\" }\nPhone { column = \" \" }", problems);
    assertThat(problems.list())
        .anySatisfy(p -> assertThat(p).startsWith("Email.column: is empty; name a column"))
        .anySatisfy(p -> assertThat(p).startsWith("Phone.column: is empty"));
  }

  @Test
  void read_takesTheFilesColumnInsteadOfTheDefaultMappings() {
    assertThat(overDefaults("LastName { column = \"Surname\" }", "LastName").columns())
        .containsExactly("Surname");
    assertThat(overDefaults("LastName.columns = [\"Surname\"]", "LastName").columns())
        .containsExactly("Surname");
  }

  @Test
  void read_takesTheFilesConstantInsteadOfTheDefaultMappingsColumns() {
    FieldRule rule = overDefaults("HP_Language__c { constant = English }", "HP_Language__c");
    assertThat(rule.constant()).isEqualTo("English");
    assertThat(rule.columns()).isEmpty();
  }

  @Test
  void read_refusesTwoOriginsOfOneValue_thatStandInOnePlace() {
    ConfigProblems problems = new ConfigProblems();
    mapping(
        "A { column = c, columns = [d] }\nB { column = c, constant = x }\n"
            + "C { columns = [c], constant = x }",
        problems);
    assertThat(problems.list())
        .hasSize(3)
        .allMatch(p -> p.contains(": needs exactly one of: column, "));
  }

  @Test
  void read_refusesAFieldThatIsMappedTwice_inAnotherCase() {
    ConfigProblems problems = new ConfigProblems();
    mapping("LastName { column = c }\nLastname { column = d }\nlastname = off", problems);
    assertThat(problems.list())
        .anySatisfy(p -> assertThat(p).startsWith("Lastname: is the field LastName"))
        .anySatisfy(p -> assertThat(p).startsWith("lastname: is the field LastName"))
        .hasSize(2);
  }

  /** One field of the default mapping of Contacts, with what a file says laid over it. */
  private static FieldRule overDefaults(String hocon, String field) {
    ConfigProblems problems = new ConfigProblems();
    Config fields =
        ConfigFactory.parseString(hocon)
            .withFallback(SyncSettings.defaults().getConfig("contact.fields"))
            .resolve();
    Mapping mapping =
        Mapping.read(
            ConfigSection.root(fields, problems), "contact.fields", FieldPolicy.NEVER_CLEAR);
    problems.throwIfAny();
    return mapping.rules().stream().filter(r -> r.field().equals(field)).findFirst().orElseThrow();
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

  private static final String STATE =
      "MailingState { columns = [State], transform = us-state, policy = never-clear }";

  private static List<String> names(List<BoundField> fields) {
    return fields.stream().map(f -> f.name().value()).toList();
  }

  @Test
  void bind_stateInAnOrgWithoutPicklists_staysWhereItIs() {
    assertThat(
            names(
                MappingFixtures.bind(
                    STATE,
                    List.of("State"),
                    MappingFixtures.object(
                        MappingFixtures.field("MailingState", FieldKind.TEXT, 80),
                        MappingFixtures.field("MailingCountry", FieldKind.TEXT, 80)))))
        .containsExactly("MailingState");
  }

  @Test
  void bind_stateInAnOrgWithPicklists_feedsTheCodes_unlessTheyAreMapped() {
    ObjectInfo org =
        MappingFixtures.object(
            MappingFixtures.field("MailingState", FieldKind.TEXT, 80),
            MappingFixtures.field("MailingStateCode", FieldKind.PICKLIST, 10, "NY", "OH"),
            MappingFixtures.field("MailingCountryCode", FieldKind.PICKLIST, 10, "US", "CA"));

    List<BoundField> bound = MappingFixtures.bind(STATE, List.of("State"), org);

    assertThat(names(bound)).containsExactly("MailingStateCode", "MailingCountryCode");
    SourceRow row = new SourceRow(new SourceRow.Header(List.of("State")), "New York");
    assertThat(bound)
        .extracting(f -> MappingFixtures.outcome(f.read(row, MappingFixtures.TODAY)))
        .containsExactly("NY", "US");
    assertThat(
            names(
                MappingFixtures.bind(
                    STATE + ", MailingCountryCode { constant = US }", List.of("State"), org)))
        .containsExactlyInAnyOrder("MailingStateCode", "MailingCountryCode");
    assertThat(
            names(
                MappingFixtures.bind(
                    STATE + ", MailingStateCode { columns = [State], transform = us-state }",
                    List.of("State"),
                    org)))
        .contains("MailingState", "MailingStateCode", "MailingCountryCode");
  }
}
