package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownColumnsTest {

  private static final String STATUS =
      "organization { column = Org, ours = [COLUMBIA] }, test.email-column = Email";

  private static final String CONTACT_FIELDS =
      """
      Phone { column = Phone, optional = true }
      Street { columns = [Street], second-line = ["Street 2"] }
      Birth { columns = ["Birth Date", "Date of Birth"] }
      """;

  private static final String JOURNEY_FIELDS = "Consent { columns = [Consent] }";

  private static final List<String> CONTACTS =
      List.of("Org", "Email", "Withdrawn", "Phone", "Street", "Street 2", "date of birth");

  private static final List<String> JOURNEYS = List.of("Withdrawn", "Consent");

  private static KnownColumns known(List<String> contacts, List<String> journeys) {
    ConfigProblems problems = new ConfigProblems();
    StatusSettings status =
        StatusSettings.read(section("{ " + STATUS + " }", problems), List.of("Withdrawn"));
    KnownColumns known =
        new KnownColumns(
            new StatusRules(status, Cells.plain()),
            columns(SourceRelation.CONTACTS, contacts),
            mapping(CONTACT_FIELDS, "contact.fields", problems),
            columns(SourceRelation.JOURNEYS, journeys),
            mapping(JOURNEY_FIELDS, "journey.fields", problems));
    problems.throwIfAny();
    return known;
  }

  private static ConfigSection section(String hocon, ConfigProblems problems) {
    return ConfigSection.root(ConfigFactory.parseString(hocon), problems);
  }

  private static Mapping mapping(String hocon, String section, ConfigProblems problems) {
    return Mapping.read(section(hocon, problems), section, FieldPolicy.OVERWRITE);
  }

  private static SourceColumns columns(SourceRelation relation, List<String> names) {
    return SourceFixtures.textColumns(relation, names);
  }

  private static Tallies lastGood() {
    return known(CONTACTS, JOURNEYS).remembered();
  }

  private static List<String> without(List<String> columns, String gone) {
    return columns.stream().filter(column -> !column.equals(gone)).toList();
  }

  private static List<String> with(List<String> columns, String more) {
    return Stream.concat(columns.stream(), Stream.of(more)).toList();
  }

  @Test
  void remembered_columnsThatAreThere_eachWithItsRelation() {
    assertThat(lastGood().asMap())
        .containsOnlyKeys(
            "column.withdrawn",
            "column.of-contact.withdrawn",
            "column.of-journey.withdrawn",
            "column.org",
            "column.of-contact.org",
            "column.email",
            "column.of-contact.email",
            "column.of-contact.street 2",
            "column.of-contact.phone",
            "column.for-contact.fields.Birth.date of birth")
        .allSatisfy((name, count) -> assertThat(count).isOne());
  }

  @Test
  void sameColumns_areNoMatter() {
    KnownColumns known = known(CONTACTS, JOURNEYS);

    assertThat(known.gone(lastGood())).isEmpty();
    assertThat(known.halfGone(lastGood(), "approve it")).isEmpty();
    assertThat(known.moved(lastGood(), "approve it")).isEmpty();
    assertThat(known.leftOut(lastGood())).isEmpty();
    assertThat(known.missing()).isEmpty();
  }

  @Test
  void gone_columnOfTheStatus_stopsTheRun_ifTheLastOneReadIt() {
    KnownColumns known = known(without(CONTACTS, "Org"), JOURNEYS);

    assertThat(known.gone(Tallies.none())).isEmpty();
    assertThat(known.gone(lastGood()))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("status.organization.column");
              assertThat(trip.message())
                  .startsWith("the source no longer has the column Org, which the last good run")
                  .contains("name the right one, or take it away");
            });
    assertThat(known.missing())
        .containsExactly(new StatusMeaning.Column("status.organization.column", "Org"));
  }

  @Test
  void gone_columnOfOneRelation_isHalfGone_andWaitsForApproval() {
    KnownColumns ofContacts = known(without(CONTACTS, "Withdrawn"), JOURNEYS);
    KnownColumns ofJourneys = known(CONTACTS, without(JOURNEYS, "Withdrawn"));

    assertThat(ofContacts.gone(lastGood())).isEmpty();
    assertThat(ofContacts.missing()).isEmpty();
    assertThat(ofContacts.halfGone(Tallies.none(), "approve it")).isEmpty();
    assertThat(ofContacts.halfGone(lastGood(), "approve it"))
        .containsExactly(
            new GuardTrip(
                "withdrawal.status-column",
                "the contact relation no longer has the column Withdrawn, which the last good run"
                    + " read there; only the other relation tells it now; bring it back, or if that"
                    + " is enough, approve it"));
    assertThat(ofJourneys.halfGone(lastGood(), "approve it"))
        .singleElement()
        .satisfies(trip -> assertThat(trip.message()).startsWith("the journey relation"));
  }

  @Test
  void gone_columnOfBothRelations_isGone_andNotHalfGone() {
    KnownColumns known = known(without(CONTACTS, "Withdrawn"), without(JOURNEYS, "Withdrawn"));

    assertThat(known.halfGone(lastGood(), "approve it")).isEmpty();
    assertThat(known.gone(lastGood()))
        .extracting(GuardTrip::guard)
        .containsExactly("withdrawal.status-column");
  }

  @Test
  void gone_secondLine_stopsTheRun_andIsMissing() {
    KnownColumns known = known(without(CONTACTS, "Street 2"), JOURNEYS);

    assertThat(known.gone(Tallies.none())).isEmpty();
    assertThat(known.gone(lastGood()))
        .extracting(GuardTrip::guard)
        .containsExactly("contact.fields.Street.second-line");
    assertThat(known.missing())
        .containsExactly(new StatusMeaning.Column("contact.fields.Street.second-line", "Street 2"));
  }

  @Test
  void gone_columnOfAnOptionalField_mayGo_andIsTold() {
    KnownColumns known = known(without(CONTACTS, "Phone"), JOURNEYS);

    assertThat(known.gone(lastGood())).isEmpty();
    assertThat(known.missing()).isEmpty();
    assertThat(known.leftOut(Tallies.none())).isEmpty();
    assertThat(known.leftOut(lastGood()))
        .containsExactly(
            "contact.fields.Phone is left out from now on, because the source no longer has the"
                + " column Phone; Salesforce keeps the values that it has");
  }

  @Test
  void gone_columnOfAnOptionalField_thatLooksRenamed_stopsTheRun() {
    KnownColumns known = known(with(without(CONTACTS, "Phone"), "Phones"), JOURNEYS);

    assertThat(known.gone(lastGood()))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("contact.fields.Phone");
              assertThat(trip.message()).contains("column Phone (did you mean Phones?)");
            });
    assertThat(known.misspelt(new StatusMeaning.Column("contact.fields.Phone", "Phone")))
        .contains("Phones");
  }

  @Test
  void hint_offersNoColumnThatASettingNames() {
    // Consent feeds a field, Org and Withdrawn belong to the status, Street 2 is a second line.
    KnownColumns known = known(CONTACTS, JOURNEYS);

    for (String slip : List.of("Conset", "Ogr", "Withdrawnn", "Sreet 2")) {
      assertThat(known.hint(new StatusMeaning.Column("s", slip))).as(slip).isEmpty();
      assertThat(known.misspelt(new StatusMeaning.Column("s", slip))).as(slip).isEmpty();
    }
    assertThat(
            known(with(CONTACTS, "Consents"), JOURNEYS)
                .hint(new StatusMeaning.Column("s", "Consent")))
        .isEqualTo(" (did you mean Consents?)");
  }

  @Test
  void moved_fieldThatReadsAnotherOfItsColumns_waitsForApproval_whileTheOldOneIsThere() {
    KnownColumns both = known(with(CONTACTS, "Birth Date"), JOURNEYS);

    assertThat(both.moved(Tallies.none(), "approve it")).isEmpty();
    assertThat(both.moved(both.remembered(), "approve it")).isEmpty();
    assertThat(both.moved(lastGood(), "approve it"))
        .containsExactly(
            new GuardTrip(
                "contact.fields.Birth",
                "the source has the column Birth Date now, which comes before date of birth, the"
                    + " column that the last good run read; if the new one is filled, approve it;"
                    + " otherwise name date of birth alone, or take the new column out of the"
                    + " view"));
  }

  @Test
  void moved_columnThatWasReplaced_isNoMatter() {
    KnownColumns replaced = known(with(without(CONTACTS, "date of birth"), "Birth Date"), JOURNEYS);

    assertThat(replaced.moved(lastGood(), "approve it")).isEmpty();
    assertThat(replaced.remembered().get("column.for-contact.fields.Birth.birth date")).isOne();
  }
}
