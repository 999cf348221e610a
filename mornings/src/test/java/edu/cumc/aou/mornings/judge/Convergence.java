package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.judge.Person.Status;
import edu.cumc.aou.mornings.judge.SourceReader.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The law of convergence: each field shows what the source says, or a true reason is named. */
final class Convergence {

  private final Morning morning;
  private final Map<String, Person> people;
  private final List<Violation> violations = new ArrayList<>();

  private Convergence(Morning morning) {
    this.morning = morning;
    this.people = morning.people();
  }

  static List<Violation> of(Morning morning) {
    Convergence judge = new Convergence(morning);
    judge.converges();
    return judge.violations;
  }

  private void found(String text) {
    violations.add(new Violation(Law.CONVERGES, text));
  }

  private void converges() {
    for (Person person : people.values()) {
      if (morning.causes().forgotten().contains(person.pmi())) {
        continue;
      }
      switch (person.status()) {
        case REJECTED -> require(person, "REFUSED", "contradicting-rows", "unclear-withdrawal");
        case SKIPPED -> {}
        case WITHDRAWN -> withdrawn(person);
        case ACTIVE -> active(person);
      }
    }
    morning.names().forEach(this::requireTrue);
  }

  /** The journey shows the withdrawal; where no journey can, the person is named for that. */
  private void withdrawn(Person person) {
    List<Rec> live = morning.after().live(person.pmi()).toList();
    if (live.isEmpty() || person.journey() == null) {
      return;
    }
    List<Field> telling =
        FieldTable.all().stream()
            .filter(f -> Judge.WITHDRAWAL.contains(f.name()) && morning.rules().isMapped(f))
            .filter(f -> !read(f, person.journey()).isBlank())
            .toList();
    List<Rec> journeys =
        live.stream().flatMap(c -> morning.after().journeysOf(c.id()).stream()).toList();
    if (live.size() == 1 && journeys.size() == 1) {
      telling.forEach(f -> shows(person, journeys.get(0), f, person.journey()));
    } else if (!journeysCame(person.pmi())
        && telling.stream()
            .anyMatch(
                f -> journeys.isEmpty() || journeys.stream().anyMatch(j -> !says(f, j, person)))) {
      require(person, "REFUSED", "withdrawal-");
    }
  }

  private boolean says(Field field, Rec journey, Person person) {
    Reading said = read(field, person.journey());
    return said.isRefused() || SourceReader.shows(field, journey.text(field.name()), said.text());
  }

  private Reading read(Field field, Map<String, Object> row) {
    return SourceReader.read(field, row, morning.today());
  }

  private void active(Person person) {
    if (isNamed(person.pmi(), "HOLD")) {
      return;
    }
    List<Rec> live = morning.after().live(person.pmi()).toList();
    if (live.size() > 1) {
      require(person, "ANOMALY", "DOUBLED_PMI_ID");
      return;
    }
    if (live.isEmpty()) {
      if (person.contact() != null && !explainedAbsence(person)) {
        found("no Contact of " + person.pmi() + ", and no reason" + said(person));
      }
      return;
    }
    Rec contact = live.get(0);
    if (person.contact() != null) {
      fields(person, contact, true, person.contact());
    }
    if (person.journey() != null) {
      List<Rec> journeys = morning.after().journeysOf(contact.id());
      if (journeys.size() > 1) {
        if (!journeysCame(person.pmi())) {
          require(person, "ANOMALY", "SEVERAL_JOURNEYS");
        }
      } else if (journeys.isEmpty()) {
        require(person, "ANOMALY", "MISSING_JOURNEY");
      } else {
        fields(person, journeys.get(0), false, person.journey());
      }
    }
  }

  private boolean explainedAbsence(Person person) {
    boolean hasName = !said("LastName", person.contact()).isEmpty();
    return isNamed(person.pmi(), "ANOMALY")
        || isNamed(person.pmi(), "REFUSED")
        || (hasName && isNamed(person.pmi(), "FAILED"));
  }

  private void fields(Person person, Rec record, boolean contact, Map<String, Object> row) {
    for (Field listed : FieldTable.all()) {
      if (listed.contact() == contact && morning.rules().isMapped(listed)) {
        shows(person, record, morning.rules().field(listed), row);
      }
    }
  }

  private void shows(Person person, Rec record, Field field, Map<String, Object> row) {
    Reading said = morning.rules().read(field, row, morning.today());
    String shown = record.text(field.name());
    if (said.isRefused()) {
      String key = (field.contact() ? "Contact." : "Journey.") + field.name() + ":" + said.rule();
      if (morning.report() != null
          && morning.report().refusedFields().keySet().stream().noneMatch(key::equalsIgnoreCase)) {
        found(key + " of " + person.pmi() + " is left alone, and not told");
      }
      return;
    }
    boolean free =
        said.isBlank()
            ? !field.policy().equals("overwrite")
            : field.policy().equals("fill-only") && !shown.isEmpty();
    if (!free && !SourceReader.shows(field, shown, said.text()) && !explained(person, field)) {
      String what = said.isBlank() ? " is not cleared" : " is not as the source says";
      found(field.name() + " of " + person.pmi() + what + said(person));
    }
  }

  private boolean explained(Person person, Field field) {
    return isNamed(person.pmi(), "REFUSED")
        || isNamed(person.pmi(), "FAILED")
        || names(person.pmi())
            .anyMatch(
                n ->
                    n.reason().matches("(NOT_TAKEN_OVER|CHANGED_BACK).*")
                        && n.reason().endsWith(field.name()));
  }

  private Stream<Name> names(String pmi) {
    return morning.names().stream().filter(n -> n.pmi().equals(pmi));
  }

  private boolean isNamed(String pmi, String where) {
    return names(pmi).anyMatch(n -> n.where().equals(where));
  }

  private void require(Person person, String where, String... reasons) {
    if (names(person.pmi())
        .filter(n -> n.where().equals(where))
        .noneMatch(n -> Stream.of(reasons).anyMatch(n.reason()::startsWith))) {
      found(person.pmi() + " is not named as " + reasons[0] + said(person));
    }
  }

  private String said(Person person) {
    return ", named: " + names(person.pmi()).toList();
  }

  /** Fails if the reason that names a participant is not true. */
  private void requireTrue(Name name) {
    if (!isTrue(name)) {
      found(name.pmi() + " is named " + name + ", which is not so");
    }
  }

  private boolean isTrue(Name name) {
    Org org = morning.after();
    Person person = people.get(name.pmi());
    long live = org.live(name.pmi()).count();
    int journeys =
        org.live(name.pmi()).mapToInt(c -> org.journeysOf(c.id()).size()).max().orElse(0);
    String reason = name.reason();
    boolean stays = person != null && person.status() != Status.WITHDRAWN;
    return !(stays && reason.startsWith("withdrawal-"))
        && switch (reason.split("[^A-Za-z_-]", 2)[0]) {
          case "DOUBLED_PMI_ID", "withdrawal-doubled-pmi-id" -> live > 1;
          case "SEVERAL_JOURNEYS", "several-journeys", "withdrawal-several-journeys" ->
              journeys > 1;
          // one that came while the run waited for others is known to the next run
          case "MISSING_JOURNEY", "withdrawal-missing-journey" ->
              live == 0 || journeys == 0 || journeysCame(name.pmi());
          case "DELETED_CONTACT",
              "withdrawal-no-contact",
              "withdrawal-merged",
              "withdrawal-orphan-journey" ->
              live == 0;
          case "withdrawal-key-changed", "withdrawal-key-not-kept" -> live == 0;
          case "NOT_TAKEN_OVER" -> morning.causes().rewritten().stream().anyMatch(reason::endsWith);
          case "CHANGED_BACK" -> morning.causes().insisted().stream().anyMatch(reason::endsWith);
          case "withdrawal-not-taken-over" -> !morning.causes().rewritten().isEmpty();
          case "withdrawal-changed-back" -> !morning.causes().insisted().isEmpty();
          case "withdrawal-no-journey-row" -> person == null || person.journey() == null;
          case "withdrawal-no-value" -> live > 0;
          case "contradicting-rows", "unclear-withdrawal-status" ->
              person == null || person.status() == Status.REJECTED;
          case "adoption-several-contacts" -> leads(person) > 1;
          case "QUARANTINE" -> morning.causes().refused().contains(name.pmi());
          default ->
              reason.startsWith("adoption-")
                  ? leads(person) > 0
                  : !name.where().equals("REFUSED")
                      || reason.startsWith("required-field-missing")
                      || morning.causes().refused().contains(name.pmi())
                      || morning.causes().disturbed();
        };
  }

  private long leads(@Nullable Person person) {
    Map<String, Object> row = person == null ? null : person.contact();
    return row == null
        ? 0
        : morning.after().leads(said("LastName", row), said("Email", row), said("Phone", row));
  }

  private String said(String field, Map<String, Object> row) {
    return read(FieldTable.field(field), row).text();
  }

  private boolean journeysCame(String pmi) {
    return morning
        .after()
        .live(pmi)
        .flatMap(c -> morning.after().journeysOf(c.id()).stream())
        .anyMatch(j -> !morning.before().journeys().containsKey(j.id()));
  }
}
