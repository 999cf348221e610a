package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.SourceKind;
import edu.cumc.aou.sync.mapping.SourceReading;
import edu.cumc.aou.sync.mapping.Transform;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.port.SourceFixtures;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceFingerprintsTest {

  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final SourceRow.Header HEADER = new SourceRow.Header(List.of("A", "B"));
  private static final PlanPolicy POLICY = policy(Set.of("W1__c", "W2__c"), false, 5);

  private static PlanPolicy policy(Set<String> withdrawal, boolean recreate, int day) {
    return new PlanPolicy(withdrawal, recreate, false, null, LocalDate.of(2026, 1, day));
  }

  private static BoundMapping mapping(
      FieldPolicy policy, boolean notFuture, ZoneId zone, String... picklist) {
    FieldRule rule =
        new FieldRule(
            "F__c",
            List.of("A"),
            List.of(),
            "",
            List.of(),
            Transform.DATE,
            policy,
            SourceKind.LOCAL,
            false,
            false,
            notFuture);
    FieldInfo info =
        new FieldInfo(
            new FieldName("F__c"),
            FieldKind.TEXT,
            80,
            true,
            true,
            false,
            false,
            false,
            true,
            new LinkedHashSet<>(List.of(picklist)));
    ConfigProblems problems = new ConfigProblems();
    List<BoundField> bound =
        new Mapping("contact.fields", List.of(rule))
            .bind(
                SourceFixtures.textColumns(SourceRelation.CONTACTS, List.of("A", "B")),
                new ObjectInfo("Contact", true, true, List.of(info)),
                new SourceReading(Cells.plain(), zone, ZONE),
                problems);
    problems.throwIfAny();
    return new BoundMapping(info, bound, List.of());
  }

  private static SourceFingerprints prints() {
    return new SourceFingerprints(
        mapping(FieldPolicy.OVERWRITE, false, ZONE, "a", "b"), POLICY, "1");
  }

  private static Participant participant(@Nullable SourceRow contact, @Nullable SourceRow journey) {
    return new Participant(pmiId(1), contact, journey, ParticipantStatus.ACTIVE);
  }

  private static SourceRow row(@Nullable Object a, @Nullable Object b) {
    return new SourceRow(HEADER, a, b);
  }

  /** Another column may tell of a withdrawal in other words, and another value is sent. */
  @Test
  void columnsOfTheWithdrawal_arePartOfTheRules() {
    Participant participant = participant(row("x", null), row("y", null));
    Set<Fingerprint> prints = new HashSet<>();
    for (List<String> columns : List.of(List.<String>of(), List.of("A"), List.of("A", "B"))) {
      PlanPolicy policy =
          new PlanPolicy(Set.of("W1__c"), columns, false, false, null, LocalDate.of(2026, 1, 5));
      prints.add(
          new SourceFingerprints(mapping(FieldPolicy.OVERWRITE, false, ZONE, "a"), policy, "1")
              .of(participant));
    }
    assertThat(prints).hasSize(3);
  }

  @Test
  void sameCellsAndRules_giveTheSame_inAnyProcess() {
    Participant participant = participant(row("x", LocalDate.of(2020, 1, 2)), row(1L, null));

    Fingerprint print = prints().of(participant);

    assertThat(prints().of(participant(row("x", LocalDate.of(2020, 1, 2)), row(1L, null))))
        .isEqualTo(print);
    assertThat(
            new SourceFingerprints(
                    mapping(FieldPolicy.OVERWRITE, false, ZONE, "b", "a"),
                    policy(Set.of("W2__c", "W1__c"), false, 6),
                    "1")
                .of(participant))
        .as("neither the order of a set nor the day counts")
        .isEqualTo(print);
  }

  @Test
  void otherCells_giveSomethingElse() {
    List<SourceRow> rows = new ArrayList<>();
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(null);
    cells.addAll(
        List.of(
            "",
            " ",
            "1",
            "true",
            "2020-01-02",
            1L,
            new BigDecimal("1"),
            new BigDecimal("1.0"),
            true,
            false,
            LocalDate.of(2020, 1, 2),
            LocalDate.of(2020, 1, 3),
            LocalDateTime.of(2020, 1, 2, 0, 0),
            LocalDateTime.of(2020, 1, 2, 0, 0, 1),
            OffsetDateTime.parse("2020-01-02T00:00:00Z"),
            OffsetDateTime.parse("2020-01-02T00:00:00-05:00")));
    cells.forEach(a -> cells.forEach(b -> rows.add(row(a, b))));
    SourceFingerprints prints = prints();
    Set<Fingerprint> seen = new HashSet<>();

    rows.forEach(r -> assertThat(seen.add(prints.of(participant(r, null)))).isTrue());
    rows.forEach(r -> assertThat(seen.add(prints.of(participant(null, r)))).isTrue());
    IntStream.range(0, rows.size())
        .forEach(
            i ->
                assertThat(
                        seen.add(
                            prints.of(participant(rows.get(i), rows.get(rows.size() - 1 - i)))))
                    .isTrue());
  }

  @Test
  void otherColumnsStatusOrPerson_giveSomethingElse() {
    SourceRow row = row("x", "y");
    Fingerprint print = prints().of(participant(row, null));

    SourceRow renamed = new SourceRow(new SourceRow.Header(List.of("A", "C")), "x", "y");
    assertThat(prints().of(participant(renamed, null))).isNotEqualTo(print);
    assertThat(prints().of(new Participant(pmiId(2), row, null, ParticipantStatus.ACTIVE)))
        .isNotEqualTo(print);
    assertThat(prints().of(new Participant(pmiId(1), row, null, ParticipantStatus.DECEASED)))
        .isNotEqualTo(print);
  }

  @Test
  void otherRules_giveSomethingElse() {
    Participant participant = participant(row("x", "y"), null);
    Set<Fingerprint> seen = new HashSet<>(Set.of(prints().of(participant)));
    BoundMapping mapping = mapping(FieldPolicy.OVERWRITE, false, ZONE, "a", "b");

    List.of(
            new SourceFingerprints(mapping, POLICY, "2"),
            new SourceFingerprints(mapping, policy(Set.of("W1__c"), false, 5), "1"),
            new SourceFingerprints(mapping, policy(Set.of("W1__c", "W2__c"), true, 5), "1"),
            new SourceFingerprints(
                mapping(FieldPolicy.FILL_ONLY, false, ZONE, "a", "b"), POLICY, "1"),
            new SourceFingerprints(
                mapping(FieldPolicy.OVERWRITE, true, ZONE, "a", "b"), POLICY, "1"),
            new SourceFingerprints(mapping(FieldPolicy.OVERWRITE, false, ZONE, "a"), POLICY, "1"),
            new SourceFingerprints(
                mapping(FieldPolicy.OVERWRITE, false, ZoneId.of("UTC"), "a", "b"), POLICY, "1"))
        .forEach(prints -> assertThat(seen.add(prints.of(participant))).isTrue());
  }
}
