package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the daily sync for whatever people, whatever their data, in whatever order. */
class DailySyncPropertyTest {

  /** Small populations reach any share: only what a guard is not about is tried here. */
  private static final String NO_GUARDS =
      """
      guards { min-contacts = 0, min-journeys = 0, max-shrink = 100%
        max-rejected.share = 100%, max-inserts.share = 100%, max-updates.share = 100%
        max-clears.share = 100%, max-field-clears.share = 100%, max-withdrawals.share = 100%, max-skipped = 100% }
      """;

  @Provide
  Arbitrary<List<Somebody>> people() {
    Arbitrary<Somebody.Values> values =
        Combinators.combine(
                Arbitraries.of(
                    "Muster",
                    " Muster ",
                    "Jose\u0301",
                    "Jos\u00E9",
                    "",
                    " ",
                    "x".repeat(81),
                    "O'Brien"),
                Arbitraries.of("a@example.org", "A@Example.org ", "b@example.org", "nobody", ""),
                Arbitraries.of("NY", "New  York", "XX", ""),
                Arbitraries.of("1980-02-29", "1900-01-01", "0001-01-01", "2999-01-01"),
                Arbitraries.of("0", "1", "2", " 1", "true", "Y", ""))
            .as(Somebody.Values::new);
    return Combinators.combine(values, values, Arbitraries.of(Somebody.Happening.class))
        .as(Somebody::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property(tries = 200, seed = "1")
  void afterARun_nothingIsLeftToSend_andEveryRowIsAccountedFor(
      @ForAll("people") List<Somebody> people, @ForAll boolean unique) {
    SyncWorld world = new SyncWorld(unique, NO_GUARDS);
    signUp(world, people);
    assertBalanced(world.firstSync());
    live(world, people);
    assertBalanced(world.nextSync());

    SyncReport again = world.nextSync();

    assertBalanced(again);
    assertThat(again.plannedTotal() - waiting(again))
        .as("planned although nothing changed")
        .isZero();
  }

  @Property(tries = 80, seed = "2")
  void orderOfTheRows_makesNoDifference(
      @ForAll("people") List<Somebody> people, @ForAll boolean unique, @ForAll long order) {
    assertThat(endOf(people, unique, order)).isEqualTo(endOf(people, unique, 0));
  }

  private static List<String> endOf(List<Somebody> people, boolean unique, long order) {
    SyncWorld world = new SyncWorld(unique, NO_GUARDS);
    if (order != 0) {
      world.shuffle(order);
    }
    signUp(world, people);
    SyncReport first = world.firstSync();
    live(world, people);
    SyncReport next = world.nextSync();
    List<String> end = new ArrayList<>();
    end.add(first.contacts() + " " + first.journeys());
    end.add(next.contacts() + " " + next.journeys());
    for (int number = 1; number <= people.size(); number++) {
      world.store.mirror().find(pmiId(number)).stream()
          .flatMap(e -> e.contacts().stream())
          .forEach(c -> end.add(shown(c)));
    }
    return end;
  }

  private static String shown(MirroredContact contact) {
    return contact.gone()
        + " "
        + texts(contact.fields())
        + contact.journeys().stream().map(j -> texts(j.fields())).toList();
  }

  private static List<String> texts(FieldValues values) {
    return values.asMap().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue().text())
        .toList();
  }

  private static void signUp(SyncWorld world, List<Somebody> people) {
    for (int i = 0; i < people.size(); i++) {
      people.get(i).signUp(world, i + 1);
    }
  }

  private static void live(SyncWorld world, List<Somebody> people) {
    for (int i = 0; i < people.size(); i++) {
      people.get(i).live(world, i + 1);
    }
  }

  /** Values that wait for a journey are planned anew each day, until the journey exists. */
  private static long waiting(SyncReport report) {
    return report.journeys().notAttempted();
  }

  private static void assertBalanced(SyncReport report) {
    assertThat(report.state()).isEqualTo(RunState.DONE);
    assertThat(report.contacts().holds()).isTrue();
    assertThat(report.journeys().holds()).isTrue();
    assertThat(report.contacts().rows()).isEqualTo(sumOf(report.contacts()));
    assertThat(report.journeys().rows()).isEqualTo(sumOf(report.journeys()));
  }

  private static long sumOf(Balance balance) {
    return balance.surplusRows() + balance.accountedFor();
  }
}
