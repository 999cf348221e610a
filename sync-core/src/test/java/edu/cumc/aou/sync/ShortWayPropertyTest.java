package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirrorKey;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whether a run trusts the fingerprints of those who were unchanged, or compares everybody field by
 * field: it comes to the same plan.
 */
class ShortWayPropertyTest {

  private static final String NO_GUARDS =
      """
      guards { min-contacts = 0, min-journeys = 0, max-shrink = 100%
        max-rejected.share = 100%, max-inserts.share = 100%, max-updates.share = 100%
        max-clears.share = 100%, max-field-clears.share = 100%, max-withdrawals.share = 100% }
      """;

  /** Mostly sound values, so that many are unchanged; some that are refused, or taken otherwise. */
  @Provide
  Arbitrary<List<Somebody>> people() {
    Arbitrary<Somebody.Values> values =
        Combinators.combine(
                Arbitraries.of("Muster", " Muster ", "O'Brien", "x".repeat(81)),
                Arbitraries.of("a@example.org", "A@Example.org ", "nobody", ""),
                Arbitraries.of("NY", "New  York", "XX", ""),
                Arbitraries.of("1980-02-29", "1900-01-01", "2026-03-05", "2999-01-01"),
                Arbitraries.of("0", "1", "2", "Y", ""))
            .as(Somebody.Values::new);
    return Combinators.combine(values, values, Arbitraries.of(Somebody.Happening.class))
        .as(
            (first, later, happening) ->
                // half of them say the same all the time
                new Somebody(first, first.flag().equals(later.flag()) ? later : first, happening))
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }

  @Property(tries = 150, seed = "1")
  void bothWays_comeToTheSame(@ForAll("people") List<Somebody> people, @ForAll boolean unique) {
    assertThat(mornings(people, unique, true)).isEqualTo(mornings(people, unique, false));
  }

  private static List<Object> mornings(List<Somebody> people, boolean unique, boolean shortWay) {
    SyncWorld world = new SyncWorld(unique, NO_GUARDS);
    if (!shortWay) {
      world.store.rememberNoFingerprint();
    }
    for (int i = 0; i < people.size(); i++) {
      people.get(i).signUp(world, i + 1);
    }
    List<Object> seen = new ArrayList<>(said(world.firstSync()));
    seen.addAll(said(world.nextSync()));
    seen.addAll(said(world.nextSync()));
    for (int i = 0; i < people.size(); i++) {
      people.get(i).live(world, i + 1);
    }
    seen.addAll(said(world.nextSync()));
    seen.addAll(said(world.nextSync()));
    int unused = world.store.holds().release(List.of(pmiId(1), pmiId(2)));
    seen.addAll(said(world.nextSync()));
    seen.addAll(said(world.nextSync()));
    for (int number = 1; number <= people.size(); number++) {
      seen.add(world.store.changes().history(pmiId(number), 100));
      seen.add(world.store.mirror().find(pmiId(number)));
      seen.add(world.store.flaws().of(pmiId(number)));
    }
    return seen;
  }

  /** All that a report says but what its steps cost. */
  private static List<Object> said(SyncReport report) {
    return List.of(
        report.state(),
        report.contacts(),
        report.journeys(),
        report.planned(),
        report.errors(),
        report.refusedFields(),
        report.newFlaws(),
        report.acknowledged(),
        report.held(),
        report.anomalies(),
        report.ids(),
        report.notInSource());
  }

  @Test
  void quietMorning_everybodyOfWhomNothingIsToBeSaid_goesTheShortWay() {
    SyncWorld world = new SyncWorld(true, NO_GUARDS);
    world.people(1, 7);
    world.contact(7, "Email_HP", "nobody");
    world.contact(2, "Date of Birth_HP", "2030-01-01");
    world.journey(3, "Withdrawal Status", "1");
    world.firstSync();
    world.nextSync();

    assertThat(unchanged(world)).containsExactly(1, 4, 5, 6, 7);
  }

  private static List<Integer> unchanged(SyncWorld world) {
    return keys(world).stream()
        .filter(k -> k.unchanged() != null)
        .map(k -> Integer.valueOf(k.pmiId().value().substring(1)))
        .toList();
  }

  private static List<MirrorKey> keys(SyncWorld world) {
    List<MirrorKey> keys = new ArrayList<>();
    try (Cursor<MirrorKey> cursor = world.store.mirror().keys()) {
      cursor.forEachRemaining(keys::add);
    }
    return keys;
  }
}
